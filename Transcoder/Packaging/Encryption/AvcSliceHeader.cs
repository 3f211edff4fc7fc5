namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>Finds where a slice's data begins: its header must stay readable (ISO/IEC 23001-7, 9.6.2), because decoders behind a DRM
/// system read it before anything is decrypted.</summary>
internal sealed class AvcSliceHeader(AvcParameterSets sets) : ISliceHeader
{
    private const int IdrSlice = 5;

    /// <summary>ISO/IEC 14496-10, 7.3.3: fields are named and ordered as there.</summary>
    public int ClearBytes(ReadOnlySpan<byte> nal)
    {
        var type = nal[0] & 0x1F;
        if (type is not (1 or IdrSlice)) return nal.Length;
        var (sequence, picture) = (sets.Sequence, sets.Picture);
        var isReference = (nal[0] & 0x60) != 0;
        var bits = new NalBits(nal[1..]);
        bits.Ue();
        var slice = (SliceType)(bits.Ue() % 5);
        if (slice > SliceType.I) throw new ChunkRejectedException(PackagingProblems.Codec, "There is a switching slice.");
        bits.Ue();
        if (sequence.HasColourPlanes) bits.Skip(2);
        bits.Skip(sequence.FrameNumBits);
        var isField = !sequence.IsFramesOnly && bits.Flag();
        if (isField) bits.Skip(1);
        if (type == IdrSlice) bits.Ue();
        if (sequence.OrderType == 0)
        {
            bits.Skip(sequence.OrderBits);
            if (picture.HasBottomOrder && !isField) bits.Se();
        }
        else if (sequence is { OrderType: 1, IsOrderAlwaysZero: false })
        {
            bits.Se();
            if (picture.HasBottomOrder && !isField) bits.Se();
        }

        if (picture.HasRedundant) bits.Ue();
        if (slice == SliceType.B) bits.Skip(1);
        var (references0, references1) = References(ref bits, slice);
        if (slice != SliceType.I) SkipReordering(ref bits);
        if (slice == SliceType.B) SkipReordering(ref bits);
        if ((picture.IsWeighted && slice == SliceType.P) || (picture.BiWeights == 1 && slice == SliceType.B))
            SkipWeights(ref bits, references0, slice == SliceType.B ? references1 : 0);
        if (isReference) SkipMarking(ref bits, type == IdrSlice);
        if (picture.IsCabac && slice != SliceType.I) bits.Ue();
        bits.Se();
        if (picture.HasDeblocking && bits.Ue() != 1)
        {
            bits.Se();
            bits.Se();
        }

        return 1 + bits.Bytes;
    }

    private (uint First, uint Second) References(ref NalBits bits, SliceType slice)
    {
        var (first, second) = (sets.Picture.References0, sets.Picture.References1);
        if (slice == SliceType.I || !bits.Flag()) return (first, second);
        first = bits.Ue() + 1;
        return (first, slice == SliceType.B ? bits.Ue() + 1 : second);
    }

    private static void SkipReordering(ref NalBits bits)
    {
        if (!bits.Flag()) return;
        while (bits.Ue() is not 3) bits.Ue();
    }

    private void SkipWeights(ref NalBits bits, uint references0, uint references1)
    {
        bits.Ue();
        if (sets.Sequence.HasChroma) bits.Ue();
        for (var left = references0 + references1; left > 0; left--)
        {
            if (bits.Flag()) SkipPairs(ref bits, 1);
            if (sets.Sequence.HasChroma && bits.Flag()) SkipPairs(ref bits, 2);
        }
    }

    private static void SkipPairs(ref NalBits bits, int pairs)
    {
        for (var i = 0; i < 2 * pairs; i++) bits.Se();
    }

    private static void SkipMarking(ref NalBits bits, bool isIdr)
    {
        if (isIdr)
        {
            bits.Skip(2);
            return;
        }

        if (!bits.Flag()) return;
        while (bits.Ue() is not 0 and var operation)
        {
            if (operation != 5) bits.Ue();
            if (operation == 3) bits.Ue();
        }
    }

    private enum SliceType
    {
        P,
        B,
        I,
    }
}
