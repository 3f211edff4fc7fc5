namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads a fragmented MP4 with one track from a file or pipe, one fragment in memory at a time.</summary>
/// <param name="stream">Read forward only.</param>
/// <param name="maxFragmentBytes">The largest mdat that is believed.</param>
internal sealed class FragmentReader(Stream stream, int maxFragmentBytes)
{
    private const int MaxHeaderBytes = 1 << 20;
    private readonly BoxReader _boxes = new(stream);
    private readonly ByteBuffer _head = new();
    private readonly ByteBuffer _data = new();

    /// <summary>Reads up to and including the moov. Everything else at the top (ftyp, free, ...) says nothing that is needed.</summary>
    public async Task<Track> ReadTrackAsync(CancellationToken ct)
    {
        while (await _boxes.ReadHeaderAsync(ct) is { } box)
        {
            if (box.Type == BoxHeader.Moov)
            {
                return MoovParser.Parse((await _boxes.ReadBodyAsync(box, MaxHeaderBytes, _head, ct)).Span);
            }

            if (box.Type is BoxHeader.Moof or BoxHeader.Mdat)
            {
                throw new ChunkRejectedException(PackagingProblems.Malformed, "There is no moov before the first fragment.");
            }

            await _boxes.SkipBodyAsync(box, _head, ct);
        }

        throw new ChunkRejectedException(PackagingProblems.Cut, "It ends before the moov.");
    }

    /// <summary>The next fragment; null at the end of the stream.</summary>
    public async Task<Fragment?> ReadFragmentAsync(Track track, CancellationToken ct)
    {
        while (await _boxes.ReadHeaderAsync(ct) is { } box)
        {
            switch (box.Type)
            {
                case BoxHeader.Moof:
                    return await ReadFragmentAsync(box, track, ct);
                case BoxHeader.Moov or BoxHeader.Mdat:
                    throw new ChunkRejectedException(PackagingProblems.Malformed, $"A box {Boxes.Name(box.Type)} is out of place.");
                default:
                    await _boxes.SkipBodyAsync(box, _head, ct);
                    break;
            }
        }

        return null;
    }

    private async Task<Fragment> ReadFragmentAsync(BoxHeader moof, Track track, CancellationToken ct)
    {
        var body = await _boxes.ReadBodyAsync(moof, MaxHeaderBytes, _head, ct);
        var (time, samples, offset) = MoofParser.Parse(body.Span, track);
        if (await _boxes.ReadHeaderAsync(ct) is not { } mdat)
        {
            throw new ChunkRejectedException(PackagingProblems.Cut, "It ends after a moof.");
        }

        if (mdat.Type != BoxHeader.Mdat)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, "No mdat follows a moof.");
        }

        // Samples lie one after the other and fill the mdat, so that no byte is shared, left over or outside.
        if (offset != moof.HeaderSize + moof.BodySize + mdat.HeaderSize || samples.Sum(s => (long)s.Size) != mdat.BodySize)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, "The samples of a fragment do not fill its mdat.");
        }

        return new Fragment(time, samples, await _boxes.ReadBodyAsync(mdat, maxFragmentBytes, _data, ct));
    }
}
