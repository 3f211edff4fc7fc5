using FlickStream.Portal.Reviews;
using FlickStream.Portal.Watching.Watchlists;

namespace FlickStream.Portal.Recommendations.Site;

internal sealed class OpinionReader(ReviewStore reviews, WatchlistStore watchlists)
{
    // The latest: of more a request would take too long, and it says little.
    private const int MostRatings = 500;

    public async Task<Opinions> ReadAsync(string profileId, CancellationToken cancellationToken)
    {
        var rated = await reviews.OfProfileAsync(profileId, MostRatings, null, cancellationToken);
        var wishes = await watchlists.ReadAsync(profileId, cancellationToken);
        return new([.. rated.Items.Select(review => RatedTitle.Of(review.Value)).OfType<RatedTitle>()], [.. wishes.Select(wish => wish.TitleId)]);
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

        var opinions = ratings.ToDictionary(known => known.Key, known => new Opinions(known.Value, []), StringComparer.Ordinal);
        await foreach (var (profile, _, list) in watchlists.EveryAsync(cancellationToken))
            opinions[profile] = opinions.GetValueOrDefault(profile, Opinions.None) with { Wishes = [.. list.Titles.Select(wish => wish.TitleId)] };
        return opinions;
    }
}
