namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>Reads the bits of a NAL unit's payload, past emulation prevention bytes (ISO/IEC 14496-10, 7.4.1); running past the end
/// rejects the chunk.</summary>
/// <param name="payload">After the NAL unit's header.</param>
internal ref struct NalBits(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _zeros;
    private int _current;
    private int _left;

    /// <summary>Bytes that hold what was read so far, the last one perhaps in part.</summary>
    public int Bytes { get; private set; }

    public bool Flag() => Bit() == 1;

    public uint U(int bits)
    {
        var value = 0u;
        for (var i = 0; i < bits; i++) value = (value << 1) | Bit();
        return value;
    }

    public void Skip(int bits)
    {
        for (var i = 0; i < bits; i++) Bit();
    }

    /// <summary>Unsigned Exp-Golomb.</summary>
    public uint Ue()
    {
        var zeros = 0;
        while (Bit() == 0)
        {
            if (++zeros > 31) throw Malformed("holds a number that is too large");
        }

        return (1u << zeros) - 1 + U(zeros);
    }

    /// <summary>Signed Exp-Golomb.</summary>
    public int Se()
    {
        var code = Ue();
        return (int)((code + 1) >> 1) * ((code & 1) == 1 ? 1 : -1);
    }

    private uint Bit()
    {
        if (_left == 0) Load();
        _left--;
        return (uint)(_current >> _left) & 1;
    }

    private void Load()
    {
        if (_zeros >= 2 && Bytes < _payload.Length && _payload[Bytes] == 3)
        {
            Bytes++;
            _zeros = 0;
        }

        if (Bytes >= _payload.Length) throw Malformed("ends in the middle of a field");
        _current = _payload[Bytes++];
        _zeros = _current == 0 ? _zeros + 1 : 0;
        _left = 8;
    }

    private static ChunkRejectedException Malformed(string what) => new(PackagingProblems.Malformed, $"A NAL unit {what}.");
}
