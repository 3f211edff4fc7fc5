using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>A title that somebody sees.</summary>
/// <param name="Row">In the view.</param>
/// <param name="PartOf">Of an episode its season and series; empty for all else.</param>
internal sealed record SeenTitle(CatalogRow Row, IReadOnlyList<string> PartOf)
{
    /// <summary>Movie or series: one of which is continued.</summary>
    public string WorkId => PartOf is [.., var series] ? series : Row.Id;
}

/// <summary>A person who watches as one of the account's profiles, and what of the catalog they see now: published, in their region, within its
/// window, for their age.</summary>
internal sealed record Watcher(Session Session, Profile Profile, Viewing Viewing, CatalogView View)
{
    public string? Language => View.Snapshot.LanguageFor(Viewing.Language);

    public SeenTitle? Find(string id) =>
        View.Snapshot.Find(id) is { } row && View.UpTo(Viewing.MaximumAge).Has(row) ? new(View.Snapshot[row]!, PartsOf(row)) : null;

    public TitleCard? CardOf(string id) =>
        View.Snapshot.Find(id) is { } row && View.UpTo(Viewing.MaximumAge).Has(row) ? View.CardOf(row, Language) : null;

    /// <summary>The movie or series that something is or belongs to: of a season or an extra too; null of what is not seen.</summary>
    public string? WorkOf(string id)
    {
        if (Find(id) is not { Row: var row }) return null;
        return Above(row).LastOrDefault(row).Id;
    }

    public CatalogRow? NextAfter(string episodeId) => NextEpisode.After(View, Viewing.MaximumAge, episodeId);

    private IReadOnlyList<string> PartsOf(int row) => View.Snapshot[row] is { Kind: Kinds.Episode } episode ? [.. Above(episode).Select(part => part.Id)] : [];

    // What it belongs to, the nearest first.
    private IEnumerable<CatalogRow> Above(CatalogRow row)
    {
        while (row.ParentId is { } parent && View.Snapshot.Find(parent) is { } at) yield return row = View.Snapshot[at]!;
    }
}

internal sealed class SeenTitles(CatalogIndex index, ViewingReader reader, ProfileStore profiles, TimeProvider time)
{
    /// <summary>Who asks; for routes of people.</summary>
    public async Task<(Watcher? Watcher, Problem? Refusal)> WatcherAsync(HttpContext http)
    {
        var session = CallerSession.Of(http);
        // One that is gone is kept in a place by ProfileStore, without an id.
        if (await profiles.ActingAsync(session) is not { Id.Length: > 0 } profile) return (null, WatchingProblems.ProfileNeeded);
        var viewing = await reader.ReadAsync(http, null);
        return (new(session, profile, viewing, (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow())), null);
    }
}
