namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>What happens to any file: broken disks, broken transfers, and people with an editor for bytes.</summary>
internal static class ByteMutations
{
    private const int Head = 512;

    public static byte[] FlipOne(byte[] file, Random random) => Flip(file, 1, file.Length, random);

    public static byte[] FlipSome(byte[] file, Random random) => Flip(file, random.Next(8, 64), file.Length, random);

    public static byte[] FlipMany(byte[] file, Random random) => Flip(file, file.Length / random.Next(10, 200), file.Length, random);

    public static byte[] FlipHead(byte[] file, Random random) => Flip(file, random.Next(1, 16), Math.Min(Head, file.Length), random);

    public static byte[] Cut(byte[] file, Random random) => file[..random.Next(1, file.Length)];

    public static byte[] Behead(byte[] file, Random random) => file[random.Next(1, file.Length / 2)..];

    public static byte[] Blank(byte[] file, Random random)
    {
        var (start, length) = Range(file, random);
        file.AsSpan(start, length).Clear();
        return file;
    }

    public static byte[] LoseRange(byte[] file, Random random)
    {
        var (start, length) = Range(file, random);
        return [.. file[..start], .. file[(start + length)..]];
    }

    public static byte[] RepeatRange(byte[] file, Random random)
    {
        var (start, length) = Range(file, random);
        return [.. file[..(start + length)], .. file[start..]];
    }

    public static byte[] GarbageBehindHead(byte[] file, Random random)
    {
        random.NextBytes(file.AsSpan(random.Next(Math.Min(64, file.Length), Math.Min(4096, file.Length))));
        return file;
    }

    /// <summary>A number of four bytes near the start, whatever it means.</summary>
    public static byte[] LieNearHead(byte[] file, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
            Numbers.Interesting(random).AsSpan(4).CopyTo(file.AsSpan(random.Next(Math.Min(Head, file.Length - 4))));
        return file;
    }

    public static byte[] ShufflePackets(byte[] file, Random random)
    {
        const int Packet = 188;
        var packets = file.Chunk(Packet).ToArray();
        for (var times = random.Next(1, 40); times > 0; times--)
        {
            var (a, b) = (random.Next(packets.Length), random.Next(packets.Length));
            (packets[a], packets[b]) = (packets[b], packets[a]);
        }

        return [.. packets.SelectMany(packet => packet)];
    }

    private static byte[] Flip(byte[] file, int times, int within, Random random)
    {
        for (; times > 0; times--) file[random.Next(within)] ^= (byte)(1 << random.Next(8));
        return file;
    }

    private static (int Start, int Length) Range(byte[] file, Random random)
    {
        var start = random.Next(file.Length);
        return (start, random.Next(1, Math.Min(8192, file.Length - start) + 1));
    }
}

internal static class Numbers
{
    private static readonly ulong[] All =
    [
        0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff,
    ];

    /// <summary>Eight bytes, big-endian: a limit of some width, or anything.</summary>
    public static byte[] Interesting(Random random)
    {
        var bytes = BitConverter.GetBytes(random.Next(4) > 0 ? All[random.Next(All.Length)] : (ulong)random.NextInt64());
        Array.Reverse(bytes);
        return bytes;
    }
}
