using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>Finds where the data of an HEVC slice segment begins; see <see cref="AvcSliceHeader"/>.</summary>
internal sealed class HevcSliceHeader(HevcSequence sequence, HevcPicture picture) : ISliceHeader
{
    private const int LastSlice = 21;

    /// <param name="hvcC">The box's body (ISO/IEC 14496-15, 8.3.3.1): one parameter set of each kind.</param>
    public static HevcSliceHeader Parse(ReadOnlySpan<byte> hvcC)
    {
        var cursor = new ByteCursor(hvcC);
        cursor.Skip(22);
        HevcSequence? sequence = null;
        HevcPicture? picture = null;
        for (var arrays = cursor.U8(); arrays > 0; arrays--)
        {
            var type = cursor.U8() & 0x3F;
            for (var sets = cursor.U16(); sets > 0; sets--)
            {
                var nal = cursor.Take(cursor.U16());
                if (nal.Length < 3) throw new ChunkRejectedException(PackagingProblems.Malformed, "A parameter set is empty.");
                if (type == 33) sequence = sequence is null ? HevcSequence.Parse(nal) : throw Several();
                if (type == 34) picture = picture is null ? HevcPicture.Parse(nal) : throw Several();
            }
        }

        return sequence is not null && picture is not null ? new HevcSliceHeader(sequence, picture) : throw Several();
    }

    /// <summary>ISO/IEC 23008-2, 7.3.6.1: fields are ordered as there.</summary>
    public int ClearBytes(ReadOnlySpan<byte> nal)
    {
        var type = (nal[0] >> 1) & 0x3F;
        if (type > LastSlice) return nal.Length;
        var bits = new NalBits(nal[2..]);
        var isFirst = bits.Flag();
        if (type >= 16) bits.Skip(1);
        bits.Ue();
        var isDependent = !isFirst && picture.HasDependentSegments && bits.Flag();
        if (!isFirst) bits.Skip(sequence.AddressBits);
        if (!isDependent) SkipIndependent(ref bits, isIdr: type is 19 or 20);
        if (picture.HasEntryPoints) SkipEntryPoints(ref bits);
        if (picture.HasExtension) bits.Skip(8 * (int)bits.Ue());
        bits.Skip(1);
        return 2 + bits.Bytes;
    }

    private void SkipIndependent(ref NalBits bits, bool isIdr)
    {
        bits.Skip(picture.ExtraBits);
        var slice = (SliceType)bits.Ue();
        if (picture.HasOutputFlag) bits.Skip(1);
        if (sequence.HasColourPlanes) bits.Skip(2);
        var (used, hasTemporal) = isIdr ? (0, false) : SkipOrder(ref bits);
        var hasOffset = false;
        if (sequence.HasOffset)
        {
            hasOffset = bits.Flag();
            if (sequence.HasChroma) hasOffset |= bits.Flag();
        }

        if (slice != SliceType.I) SkipPrediction(ref bits, slice == SliceType.B, used, hasTemporal);
        bits.Se();
        if (picture.HasChromaOffsets)
        {
            bits.Se();
            bits.Se();
        }

        var isOff = picture.IsDeblockingOff;
        if (picture.CanOverrideDeblocking && bits.Flag())
        {
            isOff = bits.Flag();
            if (!isOff)
            {
                bits.Se();
                bits.Se();
            }
        }

        if (picture.CrossesSlices && (hasOffset || !isOff)) bits.Skip(1);
    }

    private (int Used, bool HasTemporal) SkipOrder(ref NalBits bits)
    {
        bits.Skip(sequence.OrderBits);
        var sets = sequence.ReferenceSets;
        HevcReferences references;
        if (!bits.Flag())
        {
            references = HevcReferences.Parse(ref bits, sets, isInSlice: true, 16);
        }
        else
        {
            var index = (int)bits.U(HevcReferences.BitsFor((uint)sets.Count));
            references = index < sets.Count ? sets[index] : throw new ChunkRejectedException(PackagingProblems.Malformed, "A slice names no reference set.");
        }

        return (references.Pictures.Count(p => p.IsUsed), sequence.HasTemporalPrediction && bits.Flag());
    }

    private void SkipPrediction(ref NalBits bits, bool isB, int used, bool hasTemporal)
    {
        var (references0, references1) = (picture.References0, isB ? picture.References1 : 0);
        if (bits.Flag())
        {
            references0 = bits.Ue() + 1;
            if (isB) references1 = bits.Ue() + 1;
        }

        if (picture.HasListChanges && used > 1)
        {
            var index = HevcReferences.BitsFor((uint)used);
            if (bits.Flag()) bits.Skip(index * (int)references0);
            if (isB && bits.Flag()) bits.Skip(index * (int)references1);
        }

        if (isB) bits.Skip(1);
        if (picture.HasCabacInit) bits.Skip(1);
        if (hasTemporal)
        {
            var isFromFirst = !isB || bits.Flag();
            if ((isFromFirst ? references0 : references1) > 1) bits.Ue();
        }

        if (isB ? picture.IsBiWeighted : picture.IsWeighted) SkipWeights(ref bits, references0, references1);
        bits.Ue();
    }

    private void SkipWeights(ref NalBits bits, uint references0, uint references1)
    {
        bits.Ue();
        if (sequence.HasChroma) bits.Se();
        foreach (var references in new[] { references0, references1 })
        {
            if (references > 16) throw new ChunkRejectedException(PackagingProblems.Malformed, "A slice has too many references.");
            var luma = bits.U((int)references);
            var chroma = sequence.HasChroma ? bits.U((int)references) : 0;
            for (var i = (int)references - 1; i >= 0; i--)
            {
                var fields = (((luma >> i) & 1) * 2) + (((chroma >> i) & 1) * 4);
                for (; fields > 0; fields--) bits.Se();
            }
        }
    }

    private static void SkipEntryPoints(ref NalBits bits)
    {
        var count = (int)bits.Ue();
        if (count == 0) return;
        var length = (int)bits.Ue() + 1;
        for (; count > 0; count--) bits.Skip(length);
    }

    private static ChunkRejectedException Several() =>
        new(PackagingProblems.Codec, "The hvcC has not one parameter set of each kind.");

    private enum SliceType
    {
        B,
        P,
        I,
    }
}
