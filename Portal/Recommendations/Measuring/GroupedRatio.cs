namespace FlickStream.Portal.Recommendations.Measuring;

/// <summary>A sum beside a count, of which only the sums of groups are known: sure as far as it stays the same without each group (the delete-a-group
/// jackknife). What is alike within a group, as the pages of one viewer are, makes it less sure, as it must.</summary>
internal static class GroupedRatio
{
    private const int FewestGroups = 5;

    // Of a share of which nothing was ever seen (Hanley and Lippman-Hand, JAMA 1983), in groups: of what is in one all may be alike.
    private const double RuleOfThree = 3;

    /// <summary>Null with too few groups to say.</summary>
    public static Interval? Of(double[] sums, double[] counts)
    {
        var (sum, count, groups) = (sums.Sum(), counts.Sum(), counts.Count(size => size > 0));
        if (groups < FewestGroups) return null;
        var mean = sum / count;
        if (mean <= 0) return new(0, 0, Math.Min(1, RuleOfThree / groups));
        if (mean >= 1) return new(1, Math.Max(0, 1 - (RuleOfThree / groups)), 1);
        double[] without = [.. Enumerable.Range(0, counts.Length).Where(group => counts[group] > 0).Select(group => (sum - sums[group]) / (count - counts[group]))];
        var middle = without.Average();
        var spread = Math.Sqrt((groups - 1.0) / groups * without.Sum(one => (one - middle) * (one - middle))) * Student(groups - 1);
        return new(mean, Math.Max(0, mean - spread), Math.Min(1, mean + spread));
    }

    /// <summary>How much more one is than another of other viewers.</summary>
    public static Interval? Difference(Interval? one, Interval? other)
    {
        if (one is not { } more || other is not { } less) return null;
        var mean = more.Mean - less.Mean;
        double Apart(double first, double second) => Math.Sqrt((first * first) + (second * second));
        return new(mean, mean - Apart(more.Mean - more.Low, less.High - less.Mean), mean + Apart(more.High - more.Mean, less.Mean - less.Low));
    }

    // The 97.5th percentile of Student's distribution, to one per cent from four degrees of freedom on.
    private static double Student(int freedom) => 1.96 + (2.37 / freedom) + (2.82 / ((double)freedom * freedom));
}
