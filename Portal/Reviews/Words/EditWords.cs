using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Words;

/// <param name="Words">All of them.</param>
internal sealed record WordsRequest([property: Required] IReadOnlyList<string>? Words);

internal sealed record WordsAnswer(IReadOnlyList<string> Words);

/// <summary>GET and PUT: the list that holds texts back. It holds for what is written from then on.</summary>
internal static class EditWords
{
    private const int MostWords = 5000;
    private const int MostOfWord = 60;

    public static async Task<Ok<WordsAnswer>> ShowAsync(WordStore words, HttpContext http)
    {
        var list = await words.ReadAsync(http.RequestAborted);
        EntityTags.Tag(http, list.Revision);
        return TypedResults.Ok(new WordsAnswer(list.Words));
    }

    public static async Task<Results<Ok<WordsAnswer>, ProblemHttpResult>> HandleAsync(WordsRequest request, WordStore words, AuditLog audit, HttpContext http)
    {
        if (request.Words is not { Count: <= MostWords } said || !said.All(IsWord)) return ReviewProblems.WordsInvalid.ToResult();
        if (!EntityTags.TryRead(http, out var revision)) return EntityTags.IfMatchNeeded.ToResult();
        await audit.AddAsync(http, "review_words_changed", "review-words", FormattableString.Invariant($"{said.Count} words"));
        if (await words.PutAsync(revision, [.. said.Select(word => word.Trim()).Distinct(StringComparer.Ordinal)], CancellationToken.None) is not { } list)
            return ReviewProblems.WordsChanged.ToResult();
        EntityTags.Tag(http, list.Revision);
        return TypedResults.Ok(new WordsAnswer(list.Words));
    }

    private static bool IsWord(string? word) =>
        word is { Length: > 0 and <= MostOfWord } && ReviewText.IsText(word) && FoldedText.Words(word, isLeet: false).Count > 0;
}
