using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Watching.Watchlists;

namespace FlickStream.Portal.Recommendations.Site;

internal sealed class OpinionReader(ReviewStore reviews, WatchlistStore watchlists, DismissalStore dismissals)
{
    // The latest: of more a request would take too long, and it says little.
    private const int MostRatings = 500;

    public async Task<Opinions> ReadAsync(string profileId, CancellationToken cancellationToken)
    {
        var (rated, wishes, dismissed) = (
            reviews.OfProfileAsync(profileId, MostRatings, null, cancellationToken), watchlists.ReadAsync(profileId, cancellationToken),
            dismissals.ReadAsync(profileId, cancellationToken));
        await Task.WhenAll(rated, wishes, dismissed);
        return new(
            [.. (await rated).Items.Select(review => RatedTitle.Of(review.Value)).OfType<RatedTitle>()], [.. (await wishes).Select(wish => wish.TitleId)],
            await dismissed);
    }

    /// <summary>Of all profiles that said anything, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, Opinions>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var ratings = new Dictionary<string, List<RatedTitle>>(StringComparer.Ordinal);
        await foreach (var (_, _, review) in reviews.EveryAsync(cancellationToken))
        {
            if (RatedTitle.Of(review) is not { } rated) continue;
            if (!ratings.TryGetValue(review.ProfileId, out var known)) ratings[review.ProfileId] = known = [];
            known.Add(rated);
        }

        var opinions = ratings.ToDictionary(known => known.Key, known => Opinions.None with { Ratings = known.Value }, StringComparer.Ordinal);
        await foreach (var (profile, _, list) in watchlists.EveryAsync(cancellationToken))
            opinions[profile] = opinions.GetValueOrDefault(profile, Opinions.None) with { Wishes = [.. list.Titles.Select(wish => wish.TitleId)] };
        await foreach (var (profile, _, dismissed) in dismissals.EveryAsync(cancellationToken))
            opinions[profile] = opinions.GetValueOrDefault(profile, Opinions.None) with { Dismissed = dismissed.TitleIds };
        return opinions;
    }
}
