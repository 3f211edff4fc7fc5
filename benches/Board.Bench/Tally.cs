namespace FlickStream.Board.Bench;

/// <param name="Claims">Milliseconds from asking for a step to having it.</param>
/// <param name="Finishes">Milliseconds from telling that it is done to knowing that this is stored.</param>
/// <param name="Seconds">That all took.</param>
internal sealed record Tally(IReadOnlyList<double> Claims, IReadOnlyList<double> Finishes, double Seconds)
{
    public double Rate => Claims.Count / Seconds;

    public static double Percentile(IReadOnlyList<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
