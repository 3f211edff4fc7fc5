using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Watching;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site;

/// <param name="TitleIds">Of the movies and series, by index.</param>
internal sealed record TrainingData(IReadOnlyList<string> TitleIds, IReadOnlyList<ContentText> Texts, InteractionTable Table);

/// <summary>Reads what a model is made of: what was published, and what every profile watched and thinks of it.</summary>
internal sealed class SiteData(
    PlayStore plays, OpinionReader opinions, TitleStore titles, AccountStore accounts, IOptions<WatchingOptions> options, TimeProvider time)
{
    public async Task<TrainingData> ReadAsync(CancellationToken cancellationToken)
    {
        var (ids, texts, places) = (new List<string>(), new List<ContentText>(), new Dictionary<string, int>(StringComparer.Ordinal));
        await foreach (var (id, _, title) in titles.EveryAsync(cancellationToken))
        {
            if (title.Content.Kind is not (Kinds.Movie or Kinds.Series) || title.Publication == Publication.Draft) continue;
            places[id] = ids.Count;
            ids.Add(id);
            texts.Add(TextOf(title.Content));
        }

        var watched = new Dictionary<string, (string Account, WatchedWorks Works)>(StringComparer.Ordinal);
        var now = time.GetUtcNow();
        await foreach (var (_, _, play) in plays.ClosedAsync(now - options.Value.PlayMemory, now, cancellationToken))
        {
            if (!watched.TryGetValue(play.ProfileId, out var profile)) watched[play.ProfileId] = profile = (play.AccountId, new());
            profile.Works.Add(play);
        }

        int? PlaceOf(string id) => places.TryGetValue(id, out var place) ? place : null;
        var said = await opinions.ReadAllAsync(cancellationToken);
        var zones = await accounts.ZonesAsync(watched.Values.Select(profile => profile.Account), cancellationToken);
        // Who only wishes has shown nothing yet.
        var rows = watched.Select(profile =>
                new Signals(profile.Value.Works, said.GetValueOrDefault(profile.Key, Opinions.None)).Placed(PlaceOf, zones.GetValueOrDefault(profile.Value.Account)))
            .Where(row => !row.History.Seen.IsEmpty).ToList();
        return new(ids, texts, TableOf(ids.Count, rows, options.Value.PopularityHalfLife));
    }

    /// <param name="titles">Number of titles.</param>
    /// <param name="rows">Of viewers who have watched something.</param>
    /// <param name="halfLife">Of the catalog's popularity.</param>
    public static InteractionTable TableOf(int titles, IReadOnlyList<PlacedSignals> rows, TimeSpan halfLife)
    {
        // Reckoned from the latest of all: on a site that stood still for years something is popular too.
        var first = new FirstWatched(new float[titles], rows.SelectMany(row => row.Times).DefaultIfEmpty().Max());
        Array.Fill(first.Ages, FirstWatched.Never);
        foreach (var row in rows)
            for (var at = row.History.Wished; at < row.History.Length; at++)
            {
                ref var age = ref first.Ages[row.History.Titles.Span[at]];
                age = Math.Max(age, first.AgeOf(row.FirstTimes[at]));
            }

        var dating = new Dating(
            [.. rows.Select(row => Array.ConvertAll(row.Times, first.AgeOf))], [.. rows.Select(row => first.AgeOf(row.FirstTimes[row.Newest]))], first, halfLife.TotalDays);
        return InteractionTable.Of(titles, [.. rows.Select(row => row.History)], [.. rows.Select(row => row.Moments)], [.. rows.Select(row => row.Newest)], dating);
    }

    private static ContentText TextOf(TitleContent content)
    {
        var text = content.Texts!.GetValueOrDefault(content.OriginalLanguage!) ?? content.Texts!.Values.First();
        return new(text?.Name ?? "", text?.Synopsis ?? "", content.Genres ?? [], [.. content.People?.Select(credit => credit.PersonId!) ?? []],
            content.Tags ?? []);
    }
}
