using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>A master is accepted with all that planning needs, or refused with what the studio can do.</summary>
internal abstract record InspectionResult
{
    private InspectionResult()
    {
    }

    internal sealed record Accepted(MediaReport Report) : InspectionResult;

    internal sealed record Refused(ProblemReport Problem) : InspectionResult
    {
        /// <summary>What ffmpeg said, for the log: it means nothing to a studio.</summary>
        public string? ToolsWords { get; init; }
    }
}
