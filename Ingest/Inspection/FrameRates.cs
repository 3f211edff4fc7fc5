using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>Finds the exact rate behind a measured one.</summary>
internal static class FrameRates
{
    // Rates in use lie at least 0.1 % apart (24 and 24000/1001), so within half of that the nearest is meant.
    private const double Tolerance = 0.0005;

    private static readonly Rational[] InUse =
    [
        .. ((int[])[10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120]).Select(n => new Rational(n, 1)),
        .. ((int[])[12, 15, 24, 30, 48, 60, 120]).Select(n => new Rational(n * 1000L, 1001)),
        new(25, 2),
    ];

    /// <summary>The rate in use that is meant, or the rate itself.</summary>
    public static Rational Exact(Rational rate)
    {
        var nearest = InUse.MinBy(standard => Math.Abs(standard.Value - rate.Value));
        return Near(nearest, rate, Tolerance) ? nearest : rate;
    }

    public static bool Near(Rational a, Rational b, double tolerance) => Math.Abs(a.Value - b.Value) <= tolerance * a.Value;

    /// <summary>A measured rate as a fraction, exact to a millionth, which is also the least: a rate of nothing has no frame's length.</summary>
    public static Rational Of(double rate) => Exact(new Rational(Math.Max(1, (long)Math.Round(rate * 1_000_000)), 1_000_000));
}
