using FlickStream.Portal.Search;

namespace FlickStream.Search.Bench;

/// <summary>What is searched and asked, of files or made up.</summary>
internal sealed record Inputs(BenchTitle[] Titles, Query[] Queries, int Edits)
{
    /// <summary>Null where it cannot be read, which was said.</summary>
    public static Inputs? Read(string[] words)
    {
        try
        {
            var given = Arguments.Of(words);
            var seed = given.Number("seed", 1);
            var titles = given.Text("titles") is { } file ? Files.Titles(file) : MadeUpTitles.Make(given.Number("generate", 100_000), seed);
            var asked = given.Text("queries") is { } queries ? Files.Queries(queries, titles) : new Typing(titles, seed + 1).Queries(given.Number("requests", 2000));
            Query[] fit = [.. asked.Where(query => SearchQuery.Of(query.Text) is not null)];
            return titles.Length > 0 && fit.Length > 0 ? new(titles, fit, given.Number("edits", 200)) : throw new FormatException("There is nothing to search or to ask.");
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(fault.Message);
            return null;
        }
    }
}
