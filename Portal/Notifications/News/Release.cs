using System.Globalization;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Notifications.Follows;

namespace FlickStream.Portal.Notifications.News;

/// <summary>What of a movie or series came on one day (UTC): told as one, so that a season is not ten notifications.</summary>
/// <param name="WorkId">The movie or series.</param>
/// <param name="Day">Such as <c>20260131</c>.</param>
/// <param name="Titles">By id; at least one.</param>
internal sealed record Release(string WorkId, string Day, IReadOnlyList<ReleasedTitle> Titles)
{
    /// <param name="part">1, 2, …: what came on that day is told in parts where it came too late to be added to what was told.</param>
    public string KeyOf(int part) => part == 1 ? $"release:{WorkId}:{Day}" : string.Create(CultureInfo.InvariantCulture, $"release:{WorkId}:{Day}:{part}");

    /// <summary>Of all that came on that day to somebody who was told enough by then.</summary>
    public string KeyOfMany(int part) => string.Create(CultureInfo.InvariantCulture, $"releases:{Day}:{part}");

    /// <summary>By what is followed: which of the titles its followers hear of. A season and an episode are news for who follows the series or somebody
    /// in it; a movie and a whole series for who follows somebody in it or a genre.</summary>
    public IEnumerable<IGrouping<string, ReleasedTitle>> ByTarget() =>
        Titles.SelectMany(title => title.Targets.Select(target => (target, title))).GroupBy(one => one.target, one => one.title);

    /// <summary>What came after a moment, and of which not everybody was told.</summary>
    public static IReadOnlyList<Release> Find(CatalogView view, string? region, DateTimeOffset after, DateTimeOffset now, IReadOnlySet<string> told)
    {
        var snapshot = view.Snapshot;
        return
        [
            .. view.UpTo(CatalogView.Oldest).Rows()
                .Where(row => snapshot[row] is { Kind: not Kinds.Extra } title && title.ReleaseAt <= now && !told.Contains(title.Id))
                .Select(row => (row, since: SinceOf(row))).Where(one => one.since > after)
                .GroupBy(one => (Work: WorkOf(one.row), Day: one.since.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)))
                .Select(group => new Release(group.Key.Work, group.Key.Day, [.. group.Select(one => TitleOf(one.row, one.since, group.Key.Work))])),
        ];

        // What belongs to something is seen only with it.
        DateTimeOffset SinceOf(int row) => Line(row).Max(title => title.Windows.Count == 0 ? title.ReleaseAt : Later(title.ReleaseAt, OpenSince(title)));

        DateTimeOffset OpenSince(CatalogRow title) =>
            title.Windows.Where(window => window.IsOpen(region, now)).Select(window => window.From ?? DateTimeOffset.MinValue).DefaultIfEmpty(now).Min();

        string WorkOf(int row) => Line(row).Last().Id;

        IEnumerable<CatalogRow> Line(int row)
        {
            for (int? at = row; at is { } here; at = snapshot[here]!.ParentId is { } parent ? snapshot.Find(parent) : null) yield return snapshot[here]!;
        }

        ReleasedTitle TitleOf(int row, DateTimeOffset since, string work) => new(row, snapshot[row]!.Id, since, [.. TargetsOf(snapshot[row]!, work)]);
    }

    private static IEnumerable<string> TargetsOf(CatalogRow title, string work)
    {
        var isPart = title.Kind is Kinds.Season or Kinds.Episode;
        if (isPart) yield return Follow.TargetOf(FollowType.Series, work);
        foreach (var person in title.People) yield return Follow.TargetOf(FollowType.Person, person);
        foreach (var genre in isPart ? [] : title.Genres) yield return Follow.TargetOf(FollowType.Genre, genre);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <param name="Row">In the view.</param>
/// <param name="Id">The title's.</param>
/// <param name="SeenSince">When it could first be seen.</param>
/// <param name="Targets">Whose followers hear of it.</param>
internal sealed record ReleasedTitle(int Row, string Id, DateTimeOffset SeenSince, IReadOnlyList<string> Targets);
