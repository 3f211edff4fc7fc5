using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>Finds the exact rate behind a measured one.</summary>
internal static class FrameRates
{
    // Rates in use lie at least 0.1 % apart (24 and 24000/1001), so within half of that the nearest is meant.
    private const double Tolerance = 0.0005;

    // Of a whole rate: a clock beyond is another rate's.
    private const double FastestClock = 1.005;

    // Frames that a pause may last, where it is still sure how many they are.
    private const int MostPlaces = 50;

    private static readonly Rational[] InUse =
    [
        .. ((int[])[10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120]).Select(n => new Rational(n, 1)),
        .. ((int[])[12, 15, 24, 30, 48, 60, 120]).Select(n => new Rational(n * 1000L, 1001)),
        new(25, 2),
    ];

    private static readonly Rational[] ForMotion =
        [new(24000, 1001), 25, new(30000, 1001), 50, new(60000, 1001), 60];

    /// <summary>The rate in use that is meant, or the rate itself.</summary>
    public static Rational Exact(Rational rate)
    {
        var nearest = InUse.MinBy(standard => Math.Abs(standard.Value - rate.Value));
        return Near(nearest, rate, Tolerance) ? nearest : rate;
    }

    public static bool Near(Rational a, Rational b, double tolerance) => Math.Abs(a.Value - b.Value) <= tolerance * a.Value;

    /// <summary>
    /// The slowest rate in use at which few of the frames would share a place on the grid: at most a tenth may follow the frame before
    /// by less than a place (a clock that trembles), and at most one of a hundred by much less (parts of twice the rate). Film under
    /// soft pulldown has a rate of its own.
    /// </summary>
    /// <param name="gaps">Seconds between frames.</param>
    public static Rational OfMotion(IReadOnlyList<double> gaps)
    {
        if (IsSoftPulldown(gaps)) return ForMotion[0];
        int Shorter(double seconds) => gaps.Count(gap => gap < seconds);
        var slowest = ForMotion.FirstOrDefault(
            rate => Shorter(0.85 / rate.Value) <= gaps.Count / 10 && Shorter(0.65 / rate.Value) <= gaps.Count / 100, ForMotion[^1]);

        // Some parts at 60 among many at 30 are no reason for 50.
        return Whole(gaps, slowest != 50 || IsNear(1 / 25.0) || IsNear(1 / 50.0) ? slowest : new Rational(60000, 1001));
        bool IsNear(double gap) => Math.Abs(gaps.Order().ElementAt(gaps.Count / 2) - gap) < gap / 10;
    }

    /// <summary>24, 30 or 60 where the clock runs by it, else the rate a thousandth below, at which one frame in a thousand would be lost. A gap
    /// alone is too short to tell, the more as clocks tremble and containers round; pauses of a few frames tell as well.</summary>
    private static Rational Whole(IReadOnlyList<double> gaps, Rational rate)
    {
        if (rate.Denominator != 1001) return rate;
        var whole = new Rational(rate.Ceiling(), 1);
        var middle = (rate.Value + whole.Value) / 2;
        var told = gaps.Select(gap => (Gap: gap, Places: Math.Round(gap * middle))).Where(g => g.Places is >= 1 and <= MostPlaces).ToList();
        if (told.Count == 0) return rate;
        var measured = told.Sum(g => g.Places) / told.Sum(g => g.Gap);
        return measured > middle && measured < FastestClock * whole.Value ? whole : rate;
    }

    /// <summary>Film that a player is told to show three fields and two in turn, at 60000/1001 fields a second: even at 24000/1001.</summary>
    private static bool IsSoftPulldown(IReadOnlyList<double> gaps)
    {
        const double Field = 1001 / 60000.0;
        bool Lasts(double gap, int fields) => Math.Abs(gap - (fields * Field)) < Field / 4;
        var (two, three) = (gaps.Count(gap => Lasts(gap, 2)), gaps.Count(gap => Lasts(gap, 3)));
        return two + three >= (gaps.Count * 0.99) - 1 && Math.Abs(two - three) <= 1 + (gaps.Count / 50);
    }

    /// <summary>A measured rate as a fraction, exact to a millionth, which is also the least: a rate of nothing has no frame's length.</summary>
    public static Rational Of(double rate) => Exact(new Rational(Math.Max(1, (long)Math.Round(rate * 1_000_000)), 1_000_000));
}
