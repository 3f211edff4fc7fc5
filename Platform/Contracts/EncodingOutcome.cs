using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Contracts;

/// <summary>How an encoding that a studio began came to its end, the last time. Written by Transcoder, read by Portal, which removes it when it is
/// old; it goes with the asset. Id: the job's.</summary>
/// <param name="AssetId">What was encoded.</param>
/// <param name="IsDone">Published; else it failed.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="EndedAt">When it ended; another time for a job that was begun again.</param>
/// <param name="WrittenAt">When this was written: later where Transcoder was killed amid it.</param>
public sealed record EncodingOutcome(string AssetId, bool IsDone, ProblemReport? Problem, DateTimeOffset EndedAt, DateTimeOffset WrittenAt)
{
    public static readonly DocumentSchema<EncodingOutcome> Schema = new DocumentSchema<EncodingOutcome>("encoding_outcomes")
        .Field("asset", o => o.AssetId)
        .Field("written", o => o.WrittenAt)
        .Index("asset")
        .Index("written");
}
