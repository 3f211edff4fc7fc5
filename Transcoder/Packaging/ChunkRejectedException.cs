using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Packaging;

/// <summary>What ffmpeg wrote broke a rule of the title's grid or of its rendition, so none of it counts.</summary>
internal sealed class ChunkRejectedException(Problem problem, string detail)
    : Exception($"{problem.Code}: {problem.Sentence} {detail}")
{
    public Problem Problem { get; } = problem;

    /// <summary>What is particular to this chunk: which fragment, what was found and what was expected.</summary>
    public string Detail { get; } = detail;

    public string Code => Problem.Code;

    public ProblemReport ToReport() => ProblemReport.Of(Problem, Detail);
}
