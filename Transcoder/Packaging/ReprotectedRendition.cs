using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>
/// Copies a stored rendition under other keys, or another protection, or none. The copy is byte for byte what packaging would have written
/// by these keys.
/// </summary>
internal sealed class ReprotectedRendition : IDisposable
{
    private readonly IBlobs _blobs;
    private readonly RenditionCopy _copy;
    private readonly Track _track;
    private readonly SampleCipher? _before;
    private readonly SampleCipher? _after;
    private readonly SegmentCipher? _wholeBefore;
    private readonly SegmentCipher? _wholeAfter;
    private readonly ByteBuffer _written = new();

    private ReprotectedRendition(IBlobs blobs, RenditionCopy copy, Track track)
    {
        (_blobs, _copy, _track) = (blobs, copy, track);
        (_before, _after) = (SampleCipher.For(copy.Before, track.Entry), SampleCipher.For(copy.After, track.Entry));
        (_wholeBefore, _wholeAfter) = (SegmentCipher.For(copy.Before, copy.Name), SegmentCipher.For(copy.After, copy.Name));
    }

    /// <summary>Reads the init segment and writes that of the copy.</summary>
    /// <exception cref="ChunkRejectedException">It is not what was said of it, or the copy's place has another one.</exception>
    public static async Task<ReprotectedRendition> BeginAsync(IBlobs blobs, RenditionCopy copy, CancellationToken ct)
    {
        var init = await StoredBytes.ReadAsync(blobs, $"{copy.From}/init.mp4", ct);
        if (copy.Before is { Protection.Scheme: ContentProtection.Cbcs }) init = ClearSegment.Unmarked(init);
        var track = await new FragmentReader(new MemoryStream(init), init.Length).ReadTrackAsync(ct);
        // Our own segments leave nothing to the init segment's defaults.
        var rendition = new ReprotectedRendition(blobs, copy, track with { Defaults = default });
        await rendition.WriteAsync("init.mp4", InitWriter.Write(track, copy.Delay, rendition._after?.Track), ct);
        return rendition;
    }

    /// <returns>What the copy of the segment is like.</returns>
    /// <exception cref="ChunkRejectedException">It is not what was encrypted by the key before, or its place has another one.</exception>
    public async Task<MeasuredSegment> CopyAsync(int number, MeasuredSegment measured, CancellationToken ct)
    {
        var stored = await StoredBytes.ReadAsync(_blobs, $"{_copy.From}/{number}.m4s", ct);
        var segment = _wholeBefore?.Decrypt(stored, number) ?? stored;
        if (_before is not null || _after is not null)
        {
            measured = measured with { IFrames = await RewriteAsync(segment, number, measured.IFrames, ct) };
            segment = _written.Span.ToArray();
        }

        segment = _wholeAfter?.Encrypt(segment, number) ?? segment;
        await WriteAsync($"{number}.m4s", segment, ct);
        return measured with { Bytes = segment.Length };
    }

    public void Dispose()
    {
        _before?.Dispose();
        _after?.Dispose();
    }

    private async Task<IReadOnlyList<IFrame>> RewriteAsync(byte[] segment, int number, IReadOnlyList<IFrame> iFrames, CancellationToken ct)
    {
        _written.Clear();
        var moved = new List<IFrame>();
        var reader = new FragmentReader(new MemoryStream(segment), segment.Length);
        for (var i = 0; await reader.ReadFragmentAsync(_track, ct) is { } read; i++)
        {
            var (fragment, start) = (_before?.Open(read) ?? read, _written.Length);
            var ticks = fragment.Samples[0].Duration;
            if (_track.Entry is PictureEntry)
            {
                var sequence = (uint)(fragment.DecodeTime / ((ulong)_copy.GopFrames * ticks)) + 1;
                // The delay is in the offsets already.
                FragmentWriter.WriteVideo(_written, sequence, fragment.DecodeTime, ticks, 0, fragment, _after);
                moved.Add(iFrames[i] with { Offset = start, Length = _written.Length - start - fragment.Data.Length + fragment.Samples[0].Size });
            }
            else
            {
                FragmentWriter.WriteAudio(
                    _written, (uint)number + 1, fragment.DecodeTime, ticks, [.. fragment.Samples.Select(s => s.Size)], fragment.Data, _after);
            }
        }

        return moved;
    }

    private async Task WriteAsync(string name, byte[] bytes, CancellationToken ct)
    {
        if (await StoredBytes.WriteOrGetOtherAsync(_blobs, $"{_copy.To}/{name}", bytes, ct) is not null)
            throw GopRules.Rejected(PackagingProblems.SegmentDiffers, $"{name} of {_copy.Name}.");
    }
}

/// <param name="Name">The rendition's.</param>
/// <param name="From">Its folder, without a closing slash.</param>
/// <param name="To">The copy's.</param>
/// <param name="Before">How it is encrypted; null when it is not.</param>
/// <param name="After">How the copy shall be.</param>
/// <param name="GopFrames">Of a picture; a sound segment is one fragment.</param>
/// <param name="Delay">The media time, in the track's ticks, that is presented at 0.</param>
internal sealed record RenditionCopy(
    string Name, string From, string To, RenditionKey? Before, RenditionKey? After, int GopFrames = 0, uint Delay = 0);
