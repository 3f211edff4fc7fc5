namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>The open bitstream units of a sample (AV1 bitstream specification, 5.3). Sizes that do not fill the sample exactly reject the
/// chunk.</summary>
internal ref struct Obus(ReadOnlySpan<byte> sample)
{
    public const int SequenceHeader = 1;
    public const int FrameHeader = 3;
    public const int Frame = 6;

    private ReadOnlySpan<byte> _rest = sample;

    /// <summary>obu_type.</summary>
    public int Type { get; private set; }

    /// <summary>Header and payload.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var cursor = new ByteCursor(_rest);
        var header = cursor.U8();
        Type = (header >> 3) & 0xF;
        if ((header & 4) != 0) cursor.Skip(1);
        Payload = (header & 2) != 0 ? cursor.Take(Size(ref cursor)) : cursor.Rest();
        Whole = _rest[..^cursor.Left];
        _rest = cursor.Rest();
        return true;
    }

    /// <summary>leb128().</summary>
    private static int Size(ref ByteCursor cursor)
    {
        var size = 0L;
        for (var i = 0; i < 8; i++)
        {
            var part = cursor.U8();
            size |= (long)(part & 0x7F) << (i * 7);
            if (part < 0x80) break;
        }

        return size <= cursor.Left
            ? (int)size
            : throw new ChunkRejectedException(PackagingProblems.Malformed, "An AV1 unit does not fit its sample.");
    }
}
