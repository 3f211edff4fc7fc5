using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>A stored segment of pictures as ffmpeg reads it, however it is protected.</summary>
internal sealed class ClearSegment(IBlobs blobs, string folder, VideoRendition video, RenditionKey? key)
{
    /// <summary>The init segment and a segment behind it.</summary>
    /// <exception cref="IOException">One of them is not stored.</exception>
    /// <exception cref="ChunkRejectedException">It is not what this key encrypted.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int number, CancellationToken ct)
    {
        var init = await StoredBytes.ReadAsync(blobs, $"{folder}/init.mp4", ct);
        var segment = await StoredBytes.ReadAsync(blobs, $"{folder}/{number}.m4s", ct);
        segment = SegmentCipher.For(key, video.Name)?.Decrypt(segment, number) ?? segment;
        return key is { Protection.Scheme: ContentProtection.Cbcs } ? await OpenAsync([.. Unmarked(init), .. segment], key, ct) : (byte[])[.. init, .. segment];
    }

    // From the type of its stsd, which holds version, flags and a count before the first entry's size.
    private const int SampleEntryType = 16;

    /// <summary>The sample entry as it was before it said that samples are encrypted (ISO/IEC 14496-12, 8.12).</summary>
    internal static byte[] Unmarked(byte[] init)
    {
        var (entry, wrapper, original) = (init.AsSpan().IndexOf("stsd"u8) + SampleEntryType, init.AsSpan().IndexOf("sinf"u8), init.AsSpan().IndexOf("frma"u8));
        if (wrapper < 0 || original < 0) throw GopRules.Rejected(PackagingProblems.Malformed, "The init segment names no encrypted samples.");
        init.AsSpan(original + 4, 4).CopyTo(init.AsSpan(entry));
        "free"u8.CopyTo(init.AsSpan(wrapper));
        return init;
    }

    private static async Task<ReadOnlyMemory<byte>> OpenAsync(byte[] file, RenditionKey key, CancellationToken ct)
    {
        var reader = new FragmentReader(new MemoryStream(file), file.Length);
        var track = await reader.ReadTrackAsync(ct);
        using var cipher = SampleCipher.For(key, track.Entry);
        var opened = new ByteBuffer();
        opened.Bytes(InitWriter.Write(track));
        var number = 0u;
        while (await reader.ReadFragmentAsync(track, ct) is { } gop)
            FragmentWriter.WriteVideo(opened, ++number, gop.DecodeTime, gop.Samples[0].Duration, 0, cipher?.Open(gop) ?? gop);
        return opened.Written;
    }
}
