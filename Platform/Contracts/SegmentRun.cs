using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Contracts;

/// <summary>
/// Consecutive segments of one rendition that exist, whole and verified: what one finished chunk adds. Written by Transcoder once
/// their blobs are stored, read by Origin. Init segment: <c>{folder}/{rendition}/init.mp4</c>; segment n (from 0):
/// <c>{folder}/{rendition}/{n}.m4s</c>.
/// </summary>
public sealed record SegmentRun
{
    public static readonly DocumentSchema<SegmentRun> Schema = new DocumentSchema<SegmentRun>("segment_runs")
        .Field("asset", r => r.AssetId)
        .Field("revision", r => r.Revision)
        .Field("first", r => (long)r.First)
        .Index("asset", "revision", "first");

    public required string AssetId { get; init; }

    public required string Revision { get; init; }

    public required string Rendition { get; init; }

    /// <summary>The chunk whose segments these are; sprite sheets: <c>{folder}/sprites/{segment}.jpg</c>.</summary>
    public required int Chunk { get; init; }

    /// <summary>Number of the first segment.</summary>
    public required int First { get; init; }

    public required IReadOnlyList<MeasuredSegment> Segments { get; init; }

    public static string IdOf(string assetId, string revision, string rendition, int first) =>
        $"{assetId}:{revision}:{rendition}:{first:D8}";
}

/// <param name="Bytes">Size of the segment's blob.</param>
/// <param name="Ticks">Duration in the rendition's timescale.</param>
/// <param name="IFrames">Where each GOP's IDR picture lies in a video segment; empty for audio.</param>
public sealed record MeasuredSegment(int Bytes, long Ticks, IReadOnlyList<IFrame> IFrames);

/// <param name="Offset">Byte offset of the fragment (moof) in the segment.</param>
/// <param name="Length">Bytes from there to the end of the IDR picture.</param>
/// <param name="Ticks">Time to the next IDR picture, in the rendition's timescale.</param>
public sealed record IFrame(int Offset, int Length, long Ticks);
