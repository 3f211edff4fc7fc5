using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>
/// Measures a segment that an earlier attempt stored with other bytes, as happens when ffmpeg was replaced between two attempts.
/// The stored one stays: another worker may have counted it, and viewers may have it. It is taken only if it obeys every rule.
/// </summary>
internal static class StoredSegment
{
    public static async Task<MeasuredSegment> MeasureAsync(
        byte[] stored, Track track, VideoChunk chunk, SampleCipher? cipher, int number, long ticks, CancellationToken ct)
    {
        // Our own segments have track id 1 and leave nothing to the init segment's defaults.
        var ours = track with { Id = 1, Defaults = default };
        var reader = new FragmentReader(new MemoryStream(stored), chunk.MaxGopBytes);
        var again = new VideoSegment(chunk, cipher);
        again.Begin(number);
        var frame = chunk.Grid.FirstFrameOf(number);
        while (await reader.ReadFragmentAsync(ours, ct) is { } written)
        {
            var gop = written with
            {
                Samples = [.. written.Samples.Select(s => s with { CompositionOffset = s.CompositionOffset - chunk.Delay })],
            };
            GopRules.Require(chunk, track, gop, frame);
            again.Add(cipher?.Open(gop) ?? gop);
            frame += gop.Samples.Count;
        }

        var measured = again.Measure();
        return measured.Ticks == ticks && again.Bytes.Span.SequenceEqual(stored)
            ? measured
            : throw GopRules.Rejected(PackagingProblems.SegmentDiffers, $"Segment {number} of {chunk.Rendition.Name}.");
    }
}
