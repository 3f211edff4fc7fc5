using FlickStream.Platform.Problems;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Words that somebody looks for, of which the last may be half typed.</summary>
internal sealed record SearchQuery(IReadOnlyList<Word> Words)
{
    private const int Longest = 200;

    // Each costs a walk over what it finds.
    private const int MostWords = 12;

    public static readonly Problem Invalid = new("search_query_invalid", 400, $"Give what is looked for as q, in 1 to {Longest} characters.");

    /// <summary>What the cursors of its pages belong to.</summary>
    public string Key => string.Join(' ', Words.Select(word => word.Text));

    /// <summary>Null for what is none. Of what is never seen alone it has no words and finds nothing.</summary>
    public static SearchQuery? Of(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > Longest ? null : new([.. Text.Words.Of(text).Take(MostWords)]);
}
