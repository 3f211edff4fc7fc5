namespace FlickStream.Standalone.Tests.Fuzzing;

/// <param name="Number">With the seed of its <see cref="Mutator"/> it makes the same file again.</param>
/// <param name="Mutation">What was done.</param>
/// <param name="Seed">The master it was done to.</param>
internal sealed record MutatedFile(int Number, string Mutation, string Seed, byte[] Bytes)
{
    public string Container => Path.GetExtension(Seed)[1..];

    public override string ToString() => $"file {Number} ({Mutation} of {Seed}, {Bytes.Length} bytes)";
}

/// <summary>Makes files that no master should be, each by its number: kind after kind, and master after master within a kind.</summary>
internal sealed class Mutator(IReadOnlyList<SeedMaster> masters, Targets targets, int seed)
{
    private delegate byte[] Mutation(SeedMaster master, Random random, int round);

    private IReadOnlyList<(string Name, Func<SeedMaster, bool> Fits, Mutation Apply)> Kinds => field ??=
    [
        ("none", _ => true, (master, _, _) => master.Bytes),
        Bytes("one bit", ByteMutations.FlipOne),
        Bytes("some bits", ByteMutations.FlipSome),
        Bytes("many bits", ByteMutations.FlipMany),
        Bytes("bits of the head", ByteMutations.FlipHead),
        Bytes("cut", ByteMutations.Cut),
        Bytes("head gone", ByteMutations.Behead),
        Bytes("range blank", ByteMutations.Blank),
        Bytes("range gone", ByteMutations.LoseRange),
        Bytes("range twice", ByteMutations.RepeatRange),
        Bytes("garbage behind the head", ByteMutations.GarbageBehindHead),
        Bytes("number near the head lies", ByteMutations.LieNearHead),
        ("packets shuffled", master => master.Container == "ts", (master, random, _) => ByteMutations.ShufflePackets([.. master.Bytes], random)),
        ("head of one, tail of another", _ => true, Splice),
        Parts("parts swapped", PartMutations.Swap),
        Parts("part again and again", PartMutations.Repeat),
        Parts("part gone", PartMutations.Lose),
        Parts("size lies", PartMutations.LieAboutSize),
        Parts("something lies", PartMutations.LieAnywhere),
        Parts("10,000 deep", PartMutations.NestDeeply),
        Parts("count lies", BoxMutations.LieAboutCounts, "mp4", "mov"),
        Parts("sample table lies", BoxMutations.LieAboutSamples, "mp4", "mov"),
        Parts("times lie", BoxMutations.LieAboutTimes, "mp4", "mov"),
        Parts("picture lies", BoxMutations.LieAboutPicture, "mp4", "mov"),
        Parts("times lie", ElementMutations.LieAboutTimes, "mkv", "webm"),
        Parts("picture lies", ElementMutations.LieAboutPicture, "mkv", "webm"),
        ("script", _ => true, (master, random, round) => Scripts.Disguised(round, targets, master.Bytes, random)),
        Parts("reference", (_, film, random) => References.InBoxes(film, targets, random), "mp4", "mov"),
        Parts("reference", (_, film, random) => References.InElements(film, targets, random), "mkv", "webm"),
        Parts("compressed index", (_, film, random) => References.CompressedIndex(film, random), "mov"),
    ];

    public int KindCount => Kinds.Count;

    public MutatedFile File(int number)
    {
        // Numbers in a row must not have rows of random numbers that resemble each other.
        var random = new Random(HashOf(seed, number));
        var (name, fits, apply) = Kinds[number % Kinds.Count];
        var round = number / Kinds.Count;
        var fitting = masters.Where(fits).ToList();
        var master = fitting[(round + (number % Kinds.Count)) % fitting.Count];
        return new MutatedFile(number, name, master.Name, apply(master, random, round));
    }

    private byte[] Splice(SeedMaster master, Random random, int round)
    {
        var other = masters[random.Next(masters.Count)].Bytes;
        return [.. master.Bytes[..random.Next(master.Bytes.Length)], .. other[random.Next(other.Length)..]];
    }

    private static (string, Func<SeedMaster, bool>, Mutation) Bytes(string name, Func<byte[], Random, byte[]> apply) =>
        (name, _ => true, (master, random, _) => apply([.. master.Bytes], random));

    private static (string, Func<SeedMaster, bool>, Mutation) Parts(string name, Action<Nesting, Part, Random> apply, params string[] containers) => (
        name,
        master => containers.Length == 0 ? Nesting.Of(master.Container) is not null : containers.Contains(master.Container),
        (master, random, _) =>
        {
            var nesting = Nesting.Of(master.Container)!;
            var film = nesting.Read(master.Bytes);
            apply(nesting, film, random);
            return nesting.Write(film);
        });

    private static int HashOf(int seed, int number)
    {
        unchecked
        {
            var hash = (uint)seed * 0x9E3779B1u ^ (uint)number * 0x85EBCA77u;
            hash ^= hash >> 15;
            return (int)(hash * 0xC2B2AE3Du >> 1);
        }
    }
}
