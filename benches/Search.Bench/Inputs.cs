using FlickStream.Shared.Bench;

namespace FlickStream.Search.Bench;

/// <summary>What is searched and asked, of files or made up.</summary>
/// <param name="Edits">How many titles are edited.</param>
internal sealed record Inputs(BenchTitle[] Titles, Query[] Queries, int Edits)
{
    // Their names alone take gigabytes.
    private const int MostTitles = 10_000_000, MostRequests = 10_000_000;

    private static readonly string[] Values = ["titles", "queries", "generate", "requests", "edits", "seed"];

    /// <summary>Null where it cannot be read, which was said.</summary>
    public static Inputs? Read(string[] words, TextWriter errors)
    {
        try
        {
            var given = Arguments.Of(words, Values, []);
            var (seed, size, requests, edits) = (
                given.Number("seed", 1), given.Number("generate", 100_000, least: 1, most: MostTitles), given.Number("requests", 2000, least: 1, most: MostRequests),
                given.Number("edits", 200, least: 0));
            var titles = given.Text("titles") is { } file ? Files.Titles(file) : MadeUpTitles.Make(size, seed);
            return new(titles, given.Text("queries") is { } queries ? Files.Queries(queries, titles) : [.. new Typing(titles, seed + 1).Queries(requests)], edits);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(fault.Message);
            return null;
        }
    }
}
