namespace FlickStream.Portal.Recommendations.Measuring;

/// <summary>A mean with the range in which it lies with 95 % confidence.</summary>
internal readonly record struct Interval(double Mean, double Low, double High);

/// <summary>Confidence without assumptions: what the mean would be, had other viewers of the same kind been measured.</summary>
internal static class Bootstrap
{
    /// <param name="values">One a viewer; of differences between two models it is a paired test.</param>
    public static Interval Of(ReadOnlySpan<double> values, int samples = 1000, int seed = 1)
    {
        if (values.Length == 0) return default;
        var (random, means) = (new Random(seed), new double[samples]);
        for (var sample = 0; sample < samples; sample++)
        {
            var sum = 0.0;
            for (var at = 0; at < values.Length; at++) sum += values[random.Next(values.Length)];
            means[sample] = sum / values.Length;
        }

        Array.Sort(means);
        var total = 0.0;
        foreach (var value in values) total += value;
        return new(total / values.Length, means[(int)(samples * 0.025)], means[(int)(samples * 0.975)]);
    }

    /// <summary>Of the sum of one beside that of another, where both are of the same viewers.</summary>
    public static Interval OfRatio(ReadOnlySpan<double> values, ReadOnlySpan<double> baseline, int samples = 1000, int seed = 1)
    {
        var (random, ratios, all, allBaseline) = (new Random(seed), new double[samples], 0.0, 0.0);
        for (var sample = 0; sample < samples; sample++)
        {
            var (sum, beside) = (0.0, 0.0);
            for (var at = 0; at < values.Length; at++)
            {
                var viewer = random.Next(values.Length);
                (sum, beside) = (sum + values[viewer], beside + baseline[viewer]);
            }

            ratios[sample] = sum / beside;
        }

        Array.Sort(ratios);
        for (var at = 0; at < values.Length; at++) (all, allBaseline) = (all + values[at], allBaseline + baseline[at]);
        return new(all / allBaseline, ratios[(int)(samples * 0.025)], ratios[(int)(samples * 0.975)]);
    }

    public static Interval OfDifference(ReadOnlySpan<double> values, ReadOnlySpan<double> baseline, int samples = 1000, int seed = 1)
    {
        var differences = new double[values.Length];
        for (var at = 0; at < differences.Length; at++) differences[at] = values[at] - baseline[at];
        return Of(differences, samples, seed);
    }
}
