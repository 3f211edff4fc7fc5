using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Platform.Problems;

/// <summary>
/// A refusal that callers can rely on: the code never changes, the sentence says what to do. Each slice keeps its problems in one
/// table (<c>static class UploadProblems</c>).
/// </summary>
/// <param name="Code">Stable, lower case with underscores.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Sentence">For a person: what is wrong and what to do.</param>
public sealed record Problem(string Code, int Status, string Sentence)
{
    /// <summary>The <c>application/problem+json</c> answer; <paramref name="detail"/> adds what is particular to this case.</summary>
    public ProblemHttpResult ToResult(string? detail = null) => TypedResults.Problem(
        detail: detail,
        statusCode: Status,
        title: Sentence,
        extensions: [new("code", Code)]);
}

/// <summary>A problem as it is kept in a document and shown in a state.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
/// <param name="Detail">What is particular to this case, such as ffmpeg's own words; null when there is nothing more.</param>
public sealed record ProblemReport(string Code, string Sentence, string? Detail = null)
{
    /// <summary>The name of the rendition that it is about, or the codec of a ladder; null for the whole title, and in documents of earlier versions.</summary>
    public string? Subject { get; init; }

    public static ProblemReport Of(Problem problem, string? detail = null) => new(problem.Code, problem.Sentence, detail);
}
