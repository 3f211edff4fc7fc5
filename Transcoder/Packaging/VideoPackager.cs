using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>
/// Cuts ffmpeg's chunk file into CMAF segments. The whole file is verified before the first blob is written, so a rejected chunk
/// leaves nothing behind; what is written is the same on every retry.
/// </summary>
internal sealed class VideoPackager(IBlobs blobs)
{
    /// <param name="file">Fragmented MP4, a fragment a GOP, first tfdt 0. Seekable: it is read twice.</param>
    /// <exception cref="ChunkRejectedException">The chunk broke a rule; nothing of it counts.</exception>
    public async Task<PackagedChunk> PackageAsync(Stream file, VideoChunk chunk, CancellationToken ct = default)
    {
        var (track, frames) = await VerifyAsync(file, chunk, ct);
        using var cipher = SampleCipher.For(chunk.Key, track.Entry);
        await WriteInitAsync(track, chunk, cipher, ct);
        var segments = await WriteSegmentsAsync(file, track, chunk, cipher, ct);
        return new PackagedChunk(
            new SegmentRun
            {
                AssetId = chunk.AssetId,
                Revision = chunk.Revision,
                Rendition = chunk.Rendition.Name,
                Chunk = chunk.Chunk,
                First = chunk.FirstSegment,
                Segments = segments,
            },
            frames,
            track.Entry.Codecs);
    }

    private static async Task<(Track Track, long Frames)> VerifyAsync(Stream file, VideoChunk chunk, CancellationToken ct)
    {
        file.Position = 0;
        var reader = new FragmentReader(file, chunk.MaxGopBytes);
        var track = await reader.ReadTrackAsync(ct);
        GopRules.RequireTrack(chunk, track);
        var frames = 0L;
        while (await reader.ReadFragmentAsync(track, ct) is { } gop)
        {
            // Only the last GOP may be short.
            if (frames % chunk.Grid.GopFrames != 0)
            {
                throw GopRules.Rejected(PackagingProblems.FrameCount, $"The GOP before frame {frames} is short.");
            }

            if (frames == 0) track = track with { Entry = Corrected((PictureEntry)track.Entry, gop) };
            GopRules.Require(chunk, track, gop, frames);
            frames += gop.Samples.Count;
        }

        if (Math.Abs(frames - chunk.ExpectedFrames) > chunk.FrameTolerance)
        {
            throw GopRules.Rejected(PackagingProblems.FrameCount, $"There are {frames} frames; {chunk.ExpectedFrames} were planned.");
        }

        return (track, frames);
    }

    private static PictureEntry Corrected(PictureEntry entry, Fragment first) => entry.CorrectedBy(first.Data.Span[..first.Samples[0].Size]);

    private async Task WriteInitAsync(Track track, VideoChunk chunk, SampleCipher? cipher, CancellationToken ct)
    {
        var init = InitWriter.Write(track, chunk.Delay, cipher?.Track);
        if (await StoredBytes.WriteOrGetOtherAsync(blobs, $"{chunk.Folder}/init.mp4", init, ct) is not null)
        {
            throw GopRules.Rejected(PackagingProblems.InitDiffers, $"Chunk {chunk.Chunk} of {chunk.Rendition.Name}.");
        }
    }

    private async Task<List<MeasuredSegment>> WriteSegmentsAsync(
        Stream file, Track track, VideoChunk chunk, SampleCipher? cipher, CancellationToken ct)
    {
        file.Position = 0;
        var reader = new FragmentReader(file, chunk.MaxGopBytes);
        await reader.ReadTrackAsync(ct);
        var segments = new List<MeasuredSegment>();
        var segment = new VideoSegment(chunk, cipher);
        segment.Begin(chunk.FirstSegment);
        while (await reader.ReadFragmentAsync(track, ct) is { } gop)
        {
            segment.Add(gop);
            if (!segment.IsFull) continue;
            segments.Add(await WriteAsync(segment, track, chunk, cipher, ct));
            segment.Begin(segment.Number + 1);
        }

        if (!segment.IsEmpty) segments.Add(await WriteAsync(segment, track, chunk, cipher, ct));
        return segments;
    }

    private async Task<MeasuredSegment> WriteAsync(
        VideoSegment segment, Track track, VideoChunk chunk, SampleCipher? cipher, CancellationToken ct)
    {
        var whole = SegmentCipher.For(chunk.Key, chunk.Rendition.Name);
        var bytes = whole?.Encrypt(segment.Bytes.Span, segment.Number) ?? segment.Bytes;
        var other = await StoredBytes.WriteOrGetOtherAsync(blobs, $"{chunk.Folder}/{segment.Number}.m4s", bytes, ct);
        var measured = segment.Measure();
        if (other is not null)
        {
            var stored = whole?.Decrypt(other, segment.Number) ?? other;
            measured = await StoredSegment.MeasureAsync(stored, track, chunk, cipher, segment.Number, measured.Ticks, ct);
        }

        return measured with { Bytes = other?.Length ?? bytes.Length };
    }
}
