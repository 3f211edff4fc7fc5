using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>
/// Cuts a sound track into segments while ffmpeg still encodes it, and hands over each run (the segments of one video chunk) as soon
/// as it is stored.
/// </summary>
/// <remarks>
/// An AAC encoder's first packet is priming: decoding it yields the 1024 samples before the first sample of the master. It is dropped,
/// so that sample time 0 is master time 0. The usual way, keeping it and skipping its samples by an edit list, is not taken because
/// players differ: some ignore edit lists in fragments, and sound is then 21 ms late. The price is that a decoder lacks the
/// overlap for the first frame, which fades in over its 21 ms.
/// </remarks>
/// <param name="onRun">Told each run in order, once its blobs are stored.</param>
/// <param name="recordedRuns">Runs that an earlier attempt has told already: they are read past and neither written nor told.</param>
internal sealed class AudioPackager(
    IBlobs blobs, AudioTrack track, Func<SegmentRun, CancellationToken, Task> onRun, int recordedRuns = 0) : IDisposable
{
    private const int MaxFragmentBytes = 4 << 20;
    private readonly AudioFrames _pending = new();
    private readonly ByteBuffer _segment = new();
    private readonly List<MeasuredSegment> _run = [];
    private readonly SegmentCipher? _whole = SegmentCipher.For(track.Key, track.Rendition.Name);
    private SampleCipher? _samples;
    private int _chunk;
    private int _next;
    private string? _cut;

    /// <summary>Reads ffmpeg's output to its end. The end proves nothing, wherever it is: a killed ffmpeg's output ends as well, and then
    /// its own words count. So the last segments, and a rejection of output that was cut off, wait for <see cref="FinishAsync"/>.</summary>
    /// <exception cref="ChunkRejectedException">The output broke a rule; runs that were told before stand.</exception>
    public async Task ReadAsync(Stream output, CancellationToken ct = default)
    {
        try
        {
            await ReadFragmentsAsync(output, ct);
        }
        catch (ChunkRejectedException rejected) when (rejected.Problem == PackagingProblems.Cut)
        {
            _cut = rejected.Detail;
        }
    }

    /// <summary>Ends the track: call it once ffmpeg has ended well.</summary>
    public async Task<PackagedAudio> FinishAsync(CancellationToken ct = default)
    {
        if (_cut is not null) throw new ChunkRejectedException(PackagingProblems.Cut, _cut);
        if (_pending.Count > 0) await EmitAsync(_pending.Count, ct);
        if (_run.Count > 0) await TellAsync(ct);
        return _next > 0
            ? new PackagedAudio(_next, _pending.Removed * AudioTrack.FrameSamples)
            : throw new ChunkRejectedException(PackagingProblems.NoAudio, $"Sound rendition {track.Rendition.Name}.");
    }

    public void Dispose() => _samples?.Dispose();

    private async Task ReadFragmentsAsync(Stream output, CancellationToken ct)
    {
        var reader = new FragmentReader(output, MaxFragmentBytes);
        var source = await reader.ReadTrackAsync(ct);
        RequireTrack(source);
        _samples = SampleCipher.For(track.Key, source.Entry);
        var init = InitWriter.Write(source, encryption: _samples?.Track);
        if (await StoredBytes.WriteOrGetOtherAsync(blobs, $"{track.Folder}/init.mp4", init, ct) is not null)
        {
            throw new ChunkRejectedException(PackagingProblems.InitDiffers, $"Sound rendition {track.Rendition.Name}.");
        }

        while (await reader.ReadFragmentAsync(source, ct) is { } fragment)
        {
            _pending.Add(fragment);
            while (IsReady(_next)) await EmitAsync(track.FramesOf(_next), ct);
        }
    }

    // A segment that may be the last waits until more sound has come than it could absorb.
    private bool IsReady(int segment) =>
        segment < track.VideoSegments - 1
            ? _pending.Count >= track.FramesOf(segment)
            : _pending.Count > track.FramesOf(segment) + track.TailFrames;

    private async Task EmitAsync(int frames, CancellationToken ct)
    {
        var (sizes, data) = _pending.Front(frames);
        _segment.Clear();
        FragmentWriter.WriteAudio(
            _segment, (uint)_next + 1, (ulong)(_pending.Removed * AudioTrack.FrameSamples), AudioTrack.FrameSamples, sizes, data, _samples);
        var segment = _whole?.Encrypt(_segment.Span, _next) ?? _segment.Written;
        var bytes = segment.Length;
        if (_chunk >= recordedRuns)
        {
            // Another ffmpeg may have written this segment before: it covers the same AAC frames, so the stored one serves as well.
            var other = await StoredBytes.WriteOrGetOtherAsync(blobs, $"{track.Folder}/{_next}.m4s", segment, ct);
            bytes = other?.Length ?? bytes;
        }

        _pending.RemoveFront(frames);
        _run.Add(new MeasuredSegment(bytes, (long)frames * AudioTrack.FrameSamples, []));
        _next++;
        if (_next == track.Grid.FirstSegmentOf(_chunk + 1)) await TellAsync(ct);
    }

    private async Task TellAsync(CancellationToken ct)
    {
        if (_chunk >= recordedRuns)
        {
            await onRun(
                new SegmentRun
                {
                    AssetId = track.AssetId,
                    Revision = track.Revision,
                    Rendition = track.Rendition.Name,
                    Chunk = _chunk,
                    First = track.Grid.FirstSegmentOf(_chunk),
                    Segments = [.. _run],
                },
                ct);
        }

        _run.Clear();
        _chunk++;
    }

    private void RequireTrack(Track source)
    {
        var rendition = track.Rendition;
        if (source.Entry is not AacEntry entry) throw new ChunkRejectedException(PackagingProblems.Codec, "The track is not AAC.");
        if (entry.Codecs != rendition.Codecs || entry.SampleRate != rendition.SampleRate || entry.Channels != rendition.Channels)
        {
            throw new ChunkRejectedException(
                PackagingProblems.Codec,
                $"The sound is {entry.Codecs}, {entry.SampleRate} Hz, {entry.Channels} channels; "
                + $"the rendition declares {rendition.Codecs}, {rendition.SampleRate} Hz, {rendition.Channels} channels.");
        }

        if (source.Timescale != entry.SampleRate)
        {
            throw new ChunkRejectedException(PackagingProblems.Timeline, $"The timescale is {source.Timescale}, not {entry.SampleRate}.");
        }

        if (source.HasEditList) throw new ChunkRejectedException(PackagingProblems.Timeline, "An edit list moves the timeline.");
    }
}
