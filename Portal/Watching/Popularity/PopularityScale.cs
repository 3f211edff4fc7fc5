namespace FlickStream.Portal.Watching.Popularity;

/// <summary>
/// What was watched counts half as much after each half-life. Instead of lowering all titles again and again, the later counts more: a title's
/// popularity is log2 of the sum of share × 2^(time / half-life). That orders titles at every moment as sums that decay would, so that only
/// those are ever written that were watched.
/// </summary>
internal static class PopularityScale
{
    // Before anything was watched here, so that all values are above the 0 of titles that never were.
    private static readonly DateTimeOffset Zero = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="popularity">0 of a title that was never watched.</param>
    /// <param name="share">Of the title that was watched, above 0.</param>
    /// <param name="at">When.</param>
    /// <param name="halfLife">Of <paramref name="popularity"/> too.</param>
    public static double With(double popularity, double share, DateTimeOffset at, TimeSpan halfLife)
    {
        var point = PointOf(at, halfLife) + Math.Log2(share);
        if (popularity <= 0) return point;
        var (high, low) = (Math.Max(popularity, point), Math.Min(popularity, point));
        return high + Math.Log2(1 + Math.Pow(2, low - high));
    }

    /// <summary>The same sum as it is at a moment, where another half-life holds from then on.</summary>
    public static double Rescaled(double popularity, DateTimeOffset now, TimeSpan from, TimeSpan to) =>
        popularity <= 0 ? popularity : Math.Max(double.Epsilon, popularity - PointOf(now, from) + PointOf(now, to));

    private static double PointOf(DateTimeOffset at, TimeSpan halfLife) => (at - Zero) / halfLife;
}
