namespace FlickStream.Portal.Catalog.Titles;

internal static class Kinds
{
    public const string Movie = "movie";
    public const string Series = "series";
    public const string Season = "season";
    public const string Episode = "episode";
    public const string Extra = "extra";

    /// <summary>What others belong to before what belongs to it.</summary>
    public static IReadOnlyList<string> All { get; } = [Movie, Series, Season, Episode, Extra];

    public static bool IsPlayed(string kind) => kind is Movie or Episode or Extra;

    public static bool IsNumbered(string kind) => kind is Season or Episode;

    /// <summary>What may be above it; empty for what stands alone.</summary>
    public static IReadOnlyList<string> ParentsOf(string kind) => kind switch
    {
        Season => [Series],
        Episode => [Season],
        Extra => [Movie, Series, Season, Episode],
        _ => [],
    };
}
