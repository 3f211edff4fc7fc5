using System.Buffers.Binary;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>What a container can be made to say though its parts still hang together.</summary>
internal static class PartMutations
{
    private const int Depth = 10_000;

    public static void Swap(Nesting nesting, Part file, Random random)
    {
        var parts = Pick(file.WithAllBelow().Where(part => part.Parts is { Count: > 1 }), random).Parts!;
        var (a, b) = (random.Next(parts.Count), random.Next(parts.Count));
        (parts[a], parts[b]) = (parts[b], parts[a]);
    }

    public static void Repeat(Nesting nesting, Part file, Random random)
    {
        var parts = Pick(file.WithAllBelow().Where(part => part.Parts is { Count: > 0 }), random).Parts!;
        var part = parts[random.Next(parts.Count)];
        for (var times = random.Next(3) == 0 ? 200 : 1; times > 0 && parts.Sum(p => p.Body.Length) < 4 << 20; times--) parts.Insert(random.Next(parts.Count + 1), part);
    }

    public static void Lose(Nesting nesting, Part file, Random random)
    {
        var parts = Pick(file.WithAllBelow().Where(part => part.Parts is { Count: > 0 }), random).Parts!;
        parts.RemoveAt(random.Next(parts.Count));
    }

    public static void LieAboutSize(Nesting nesting, Part file, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            Pick(file.WithAllBelow().Where(part => part.Name.Length > 0), random).Claim =
                random.Next(3) == 0 ? (ulong)random.Next(200_000) : BinaryPrimitives.ReadUInt64BigEndian(Numbers.Interesting(random));
        }
    }

    public static void LieAnywhere(Nesting nesting, Part file, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var body = Pick(file.WithAllBelow().Where(part => part.Body.Length is > 0 and < 4096), random).Body;
            Write(body, random.Next(Math.Min(body.Length, 128)), random);
        }
    }

    public static void NestDeeply(Nesting nesting, Part file, Random random)
    {
        var parts = Pick(file.WithAllBelow().Where(part => part.Parts is not null), random).Parts!;
        parts.Insert(random.Next(parts.Count + 1), new Part([], nesting.Nest(Depth), null));
    }

    public static byte[] Write(byte[] body, int at, Random random)
    {
        var number = Numbers.Interesting(random);
        var width = Math.Min(body.Length - at, 1 << random.Next(4));
        number.AsSpan(8 - width).CopyTo(body.AsSpan(at));
        return body;
    }

    public static T Pick<T>(IEnumerable<T> from, Random random)
    {
        var all = from.ToList();
        return all[random.Next(all.Count)];
    }
}
