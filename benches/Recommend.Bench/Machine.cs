using System.Diagnostics;
using FlickStream.Portal.Recommendations.Algebra;

namespace FlickStream.Recommend.Bench;

/// <summary>How fast the machine is at what training does most, so that figures of different machines can be compared.</summary>
internal static class Machine
{
    private const int Size = 768, LargeSize = 1920;

    public static void Report(OpenBlas? blas)
    {
        Console.WriteLine($"machine: {Environment.ProcessorCount} cores; products of doubles in GFLOP/s: plain loop on one core {Best(Size, Plain):F1}, "
            + $"inverse in C# on all {Best(LargeSize, size => Invert(size, null)):F1}{(blas is null ? "" : $", in single precision by OpenBLAS {Best(LargeSize, size => Invert(size, blas)):F1}")}");
    }

    // Others want the machine too: the best of three comes closest to what it can do.
    private static double Best(int size, Func<int, TimeSpan> run) => Enumerable.Range(0, 3).Max(_ => 2.0 * size * size * size / run(size).TotalSeconds / 1e9);

    private static TimeSpan Plain(int size)
    {
        var (left, right, product) = (new double[size * size], new double[size * size], new double[size * size]);
        Array.Fill(left, 0.5);
        Array.Fill(right, 0.25);
        var began = Stopwatch.GetTimestamp();
        for (var row = 0; row < size; row++)
            for (var depth = 0; depth < size; depth++)
            {
                var factor = left[(row * size) + depth];
                var line = right.AsSpan(depth * size, size);
                var to = product.AsSpan(row * size, size);
                for (var column = 0; column < to.Length; column++) to[column] += factor * line[column];
            }

        return Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan Invert(int size, OpenBlas? blas)
    {
        var matrix = new SymmetricMatrix(size);
        for (var row = 0; row < size; row++)
            for (var column = 0; column <= row; column++) matrix.Row(row)[column] = row == column ? size : 1.0 / (1 + row - column);
        var began = Stopwatch.GetTimestamp();
        matrix.Invert(blas);
        return Stopwatch.GetElapsedTime(began);
    }
}
