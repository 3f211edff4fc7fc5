using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>What of a sequence parameter set (ISO/IEC 14496-10, 7.3.2.1.1) a slice header depends on.</summary>
internal sealed record AvcSequence(
    bool HasColourPlanes, bool HasChroma, int FrameNumBits, uint OrderType, int OrderBits, bool IsOrderAlwaysZero, bool IsFramesOnly)
{
    private static readonly byte[] WithChromaFormat = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

    public static AvcSequence Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new NalBits(nal[1..]);
        var profile = (byte)bits.U(8);
        bits.Skip(16);
        bits.Ue();
        var (chroma, planes) = (1u, false);
        if (WithChromaFormat.Contains(profile))
        {
            chroma = bits.Ue();
            planes = chroma == 3 && bits.Flag();
            bits.Ue();
            bits.Ue();
            bits.Skip(1);
            if (bits.Flag()) SkipScaling(ref bits, chroma == 3 ? 12 : 8);
        }

        var frameNum = (int)bits.Ue() + 4;
        var orderType = bits.Ue();
        var (orderBits, alwaysZero) = (0, false);
        if (orderType == 0) orderBits = (int)bits.Ue() + 4;
        if (orderType == 1)
        {
            alwaysZero = bits.Flag();
            bits.Se();
            bits.Se();
            for (var left = bits.Ue(); left > 0; left--) bits.Se();
        }

        bits.Ue();
        bits.Skip(1);
        bits.Ue();
        bits.Ue();
        return new AvcSequence(planes, chroma != 0 && !planes, frameNum, orderType, orderBits, alwaysZero, bits.Flag());
    }

    private static void SkipScaling(ref NalBits bits, int lists)
    {
        for (var i = 0; i < lists; i++)
        {
            if (!bits.Flag()) continue;
            var (last, next) = (8, 8);
            for (var j = 0; j < (i < 6 ? 16 : 64); j++)
            {
                if (next != 0) next = (last + bits.Se() + 256) % 256;
                last = next == 0 ? last : next;
            }
        }
    }
}

/// <summary>The same of a picture parameter set (7.3.2.2).</summary>
internal sealed record AvcPicture(
    bool IsCabac, bool HasBottomOrder, uint References0, uint References1, bool IsWeighted, uint BiWeights, bool HasDeblocking, bool HasRedundant)
{
    public static AvcPicture Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new NalBits(nal[1..]);
        bits.Ue();
        bits.Ue();
        var (cabac, bottom) = (bits.Flag(), bits.Flag());
        if (bits.Ue() != 0) throw new ChunkRejectedException(PackagingProblems.Codec, "The picture has slice groups, which x264 never writes.");
        var (first, second) = (bits.Ue() + 1, bits.Ue() + 1);
        var (weighted, biWeights) = (bits.Flag(), bits.U(2));
        bits.Se();
        bits.Se();
        bits.Se();
        var deblocking = bits.Flag();
        bits.Skip(1);
        return new AvcPicture(cabac, bottom, first, second, weighted, biWeights, deblocking, bits.Flag());
    }
}

/// <summary>The parameter sets of an avcC (ISO/IEC 14496-15, 5.3.3.1): one of each.</summary>
internal sealed record AvcParameterSets(AvcSequence Sequence, AvcPicture Picture)
{
    /// <param name="avcC">The box's body.</param>
    public static AvcParameterSets Parse(ReadOnlySpan<byte> avcC)
    {
        var cursor = new ByteCursor(avcC);
        cursor.Skip(5);
        return new AvcParameterSets(AvcSequence.Parse(Only(ref cursor, 31)), AvcPicture.Parse(Only(ref cursor, 255)));
    }

    private static ReadOnlySpan<byte> Only(ref ByteCursor cursor, int countMask)
    {
        if ((cursor.U8() & countMask) != 1) throw new ChunkRejectedException(PackagingProblems.Codec, "The avcC has not one parameter set of each kind.");
        var set = cursor.Take(cursor.U16());
        return set.Length > 1 ? set : throw new ChunkRejectedException(PackagingProblems.Malformed, "A parameter set is empty.");
    }
}
