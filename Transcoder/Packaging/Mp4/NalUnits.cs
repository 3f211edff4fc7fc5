namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>The NAL units of a sample, each behind its length (ISO/IEC 14496-15, 4.3.2). Lengths that do not fill the sample exactly
/// reject the chunk; no unit is empty.</summary>
internal ref struct NalUnits(ReadOnlySpan<byte> sample, int lengthSize)
{
    private ByteCursor _rest = new(sample);

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly NalUnits GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Left == 0) return false;
        var length = 0u;
        foreach (var part in _rest.Take(lengthSize)) length = (length << 8) | part;
        if (length == 0 || length > (uint)_rest.Left)
            throw new ChunkRejectedException(PackagingProblems.Malformed, "A NAL unit does not fit its sample.");
        Current = _rest.Take((int)length);
        return true;
    }

    /// <summary>The payload without the bytes that keep start codes out of it (ITU-T H.265, 7.3.1.1).</summary>
    public static byte[] Payload(ReadOnlySpan<byte> unit, int headerSize)
    {
        var payload = new List<byte>(unit.Length);
        var zeros = 0;
        foreach (var part in unit[Math.Min(headerSize, unit.Length)..])
        {
            if (zeros >= 2 && part == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = part == 0 ? zeros + 1 : 0;
            payload.Add(part);
        }

        return [.. payload];
    }
}
