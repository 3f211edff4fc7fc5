namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads fields of some bits, the highest first; running past the end rejects the chunk.</summary>
internal ref struct BitCursor(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    public bool Flag() => Bits(1) == 1;

    /// <param name="count">At most 32.</param>
    public uint Bits(int count)
    {
        if (_at + count > _data.Length * 8)
            throw new ChunkRejectedException(PackagingProblems.Malformed, "A header ends in the middle of a field.");
        var value = 0u;
        for (; count > 0; count--, _at++) value = (value << 1) | ((uint)_data[_at / 8] >> (7 - (_at % 8)) & 1);
        return value;
    }

    /// <summary>uvlc() of AV1's specification: as many zeros as bits follow the next 1.</summary>
    public void SkipVariable()
    {
        var zeros = 0;
        while (!Flag()) zeros++;
        if (zeros < 32) Bits(zeros);
    }
}
