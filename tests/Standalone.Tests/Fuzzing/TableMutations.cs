namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>The tables of ISO/IEC 14496-12 that a reader trusts most.</summary>
internal static class BoxMutations
{
    public static void LieAboutCounts(Nesting nesting, Part file, Random random)
    {
        var table = PartMutations.Pick(
            file.WithAllBelow().Where(part => part.NameText is "stts" or "stsc" or "stsz" or "stco" or "ctts" or "stss" or "elst" or "dref" or "stsd" or "trun"), random);
        Numbers.Interesting(random).AsSpan(4).CopyTo(table.Body.AsSpan(table.NameText == "stsz" ? 8 : 4));
    }

    public static void LieAboutSamples(Nesting nesting, Part file, Random random)
    {
        var table = PartMutations.Pick(
            file.WithAllBelow().Where(part => part.Body.Length > 12 && part.NameText is "stts" or "stsc" or "stsz" or "stco" or "ctts" or "stss" or "trun" or "tfhd"), random);
        for (var times = random.Next(1, 8); times > 0; times--) PartMutations.Write(table.Body, random.Next(8, table.Body.Length), random);
    }

    public static void LieAboutTimes(Nesting nesting, Part file, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var header = PartMutations.Pick(
                file.WithAllBelow().Where(part => part.NameText is "mvhd" or "mdhd" or "tkhd" or "elst" or "tfdt" or "mehd" or "trex" && part.Body.Length >= 12), random);
            var at = header.NameText is "mvhd" or "mdhd" ? 12 + (4 * random.Next(2)) : 4 * random.Next(1, header.Body.Length / 4);
            Numbers.Interesting(random).AsSpan(4).CopyTo(header.Body.AsSpan(at));
        }
    }

    /// <summary>Width, height and the matrix that turns the picture.</summary>
    public static void LieAboutPicture(Nesting nesting, Part file, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var part = PartMutations.Pick(
                file.WithAllBelow().Where(part => part.NameText is "tkhd" || part.NameText is "avc1" or "apcn" or "apch" && part.Body.Length > 30), random);
            if (part.NameText == "tkhd") Numbers.Interesting(random).AsSpan(4).CopyTo(part.Body.AsSpan(40 + (4 * random.Next(11))));
            else Numbers.Interesting(random).AsSpan(6).CopyTo(part.Body.AsSpan(24 + (2 * random.Next(2))));
        }
    }
}

/// <summary>The elements of Matroska that mean the same.</summary>
internal static class ElementMutations
{
    // Duration, TimestampScale, Timestamp, DefaultDuration, BlockDuration, CueTime.
    private static readonly uint[] Times = [0x4489, 0x2AD7B1, 0xE7, 0x23E383, 0x9B, 0xB3];

    // PixelWidth, PixelHeight, DisplayWidth, DisplayHeight, CodecID, CodecPrivate.
    private static readonly uint[] Pictures = [0xB0, 0xBA, 0x54B0, 0x54BA, 0x86, 0x63A2];

    public static void LieAboutTimes(Nesting nesting, Part file, Random random) => Lie(file, Times, random);

    public static void LieAboutPicture(Nesting nesting, Part file, Random random) => Lie(file, Pictures, random);

    private static void Lie(Part file, uint[] ids, Random random)
    {
        var fitting = file.WithAllBelow().Where(part => part.Body.Length > 0 && ids.Any(id => part.Name.AsSpan().SequenceEqual(Elements.IdOf(id)))).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            // Matroska's numbers are as long as they are written.
            var part = PartMutations.Pick(fitting, random);
            if (part.Body.Length <= 8) part.Body = Numbers.Interesting(random);
            else PartMutations.Write(part.Body, random.Next(part.Body.Length), random);
        }
    }
}
