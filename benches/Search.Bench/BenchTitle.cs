using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Popularity;

namespace FlickStream.Search.Bench;

/// <param name="Content">As the catalog keeps it; people are named by <paramref name="People"/>.</param>
/// <param name="People">Names by person id.</param>
/// <param name="Plays">How often it was watched.</param>
internal sealed record BenchTitle(string Id, TitleContent Content, IReadOnlyDictionary<string, string> People, double Plays)
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    public IEnumerable<string> Names => Content.Texts!.Values.Select(text => text!.Name!);

    public Title Published(DateTimeOffset at) => new()
    {
        Id = Id, OwnerId = "bench", Content = Content, Publication = Publication.Released, ReleaseAt = at, CreatedAt = at, ChangedAt = at, Revision = 1,
        Popularity = Plays > 0 ? PopularityScale.With(0, Plays, at, HalfLife) : 0,
    };

    public static BenchTitle Of(
        string id, IEnumerable<(string Language, string Name)> names, string? synopsis, IEnumerable<string> genres, IEnumerable<string> people, int? year, double plays)
    {
        var all = names.ToArray();
        var (known, unknown) = (genres.ToLookup(Genres.Names.ContainsKey)[true].ToArray(), genres.ToLookup(Genres.Names.ContainsKey)[false].ToArray());
        var credited = people.Distinct().ToDictionary(name => name, name => name, StringComparer.Ordinal);
        return new(
            id,
            new()
            {
                Kind = Kinds.Movie, OriginalLanguage = all[0].Language, Year = year, Genres = known, Tags = unknown, Countries = [], Windows = [],
                People = [.. credited.Keys.Select(name => new Credit(name, "actor"))], Rating = new(0),
                Texts = all.DistinctBy(name => name.Language).ToDictionary(name => name.Language, name => (TitleText?)new(name.Name, synopsis)),
            },
            credited, plays);
    }
}
