using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>HEVC whose parameter sets are in the entry alone (ISO/IEC 14496-15, 8.3.3 and 8.4.1).</summary>
/// <param name="LengthSize">Bytes of the length in front of each NAL unit.</param>
internal sealed record HvcEntry(string Codecs, PictureFields Fields, int LengthSize) : PictureEntry("hvc1", Codecs, Fields)
{
    private const int HeaderSize = 2;
    private const int ProfileSize = 12;

    // ITU-T H.265, table 7-1.
    private const int FirstLeading = 6;
    private const int LastLeading = 9;
    private const int FirstRandomAccess = 16;
    private const int LastPicture = 31;
    private const int IdrWithLeading = 19;
    private const int Idr = 20;
    private const int VideoSet = 32;
    private const int SequenceSet = 33;
    private const int PictureSet = 34;
    private const int Hints = 39;

    public static HvcEntry Parse(ReadOnlySpan<byte> body)
    {
        var fields = PictureFields.Parse(body, "hvcC");
        var config = new ByteCursor(fields.Config);
        config.Skip(1);
        var profile = config.Take(ProfileSize);
        config.Skip(8);
        var lengthSize = (config.U8() & 3) + 1;
        var sets = new HashSet<int>();
        var light = new ByteBuffer();
        for (var arrays = config.U8(); arrays > 0; arrays--)
        {
            var type = config.U8() & 0x3F;
            for (var units = config.U16(); units > 0; units--)
            {
                sets.Add(type);
                var unit = config.Take(config.U16());
                if (type == Hints) HevcHints.AppendLight(light, NalUnits.Payload(unit, HeaderSize));
                // The profile lies behind 4 bytes of a video parameter set and 1 of a sequence parameter set (7.3.2.1, 7.3.2.2).
                else if (type is VideoSet or SequenceSet) RequireProfile(NalUnits.Payload(unit, HeaderSize), type == VideoSet ? 4 : 1, profile);
            }
        }

        if (!sets.IsSupersetOf([VideoSet, SequenceSet, PictureSet]))
            throw new ChunkRejectedException(PackagingProblems.Malformed, "hvcC lacks a parameter set.");
        return new HvcEntry(CodecsOf(profile), fields with { Others = [.. fields.Others, .. light.Span] }, lengthSize);
    }

    /// <summary>Leading pictures count as open: shown before an IDR picture, but sent after it, they have no place on the grid.</summary>
    public override Pictures PicturesOf(ReadOnlySpan<byte> sample)
    {
        var pictures = Pictures.None;
        foreach (var unit in new NalUnits(sample, LengthSize))
        {
            var type = (unit[0] >> 1) & 0x3F;
            pictures |= type switch
            {
                > LastPicture => Pictures.None,
                IdrWithLeading or Idr => Pictures.Key,
                >= FirstRandomAccess or (>= FirstLeading and <= LastLeading) => Pictures.Open,
                _ => Pictures.Inner,
            };
        }

        return pictures;
    }

    /// <summary>ISO/IEC 14496-15, E.3: profile, compatibility flags in reverse order, tier and level, constraint bytes without the zeros
    /// at their end.</summary>
    internal static string CodecsOf(ReadOnlySpan<byte> profile)
    {
        var flags = 0u;
        for (var i = 0; i < 32; i++) flags |= (BinaryPrimitives.ReadUInt32BigEndian(profile[1..]) >> i & 1) << (31 - i);
        var space = (profile[0] >> 6) switch { 0 => "", 1 => "A", 2 => "B", _ => "C" };
        var tier = (profile[0] & 0x20) == 0 ? 'L' : 'H';
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"hvc1.{space}{profile[0] & 0x1F}.{flags:X}.{tier}{profile[11]}");
        foreach (var constraint in profile[5..11].TrimEnd((byte)0)) text.Append(CultureInfo.InvariantCulture, $".{constraint:X}");
        return text.ToString();
    }

    private static void RequireProfile(ReadOnlySpan<byte> set, int offset, ReadOnlySpan<byte> profile)
    {
        if (set.Length < offset + ProfileSize || !set.Slice(offset, ProfileSize).SequenceEqual(profile))
            throw new ChunkRejectedException(PackagingProblems.Codec, "hvcC declares another profile or level than its parameter sets.");
    }
}
