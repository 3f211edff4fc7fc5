using System.Globalization;

namespace FlickStream.Board.Bench;

/// <param name="Engine">Where the documents are.</param>
/// <param name="Crowd">Who worked.</param>
/// <param name="Waiting">Steps in the queue.</param>
/// <param name="Tally">How it went.</param>
/// <param name="Bare">Steps a second of the engine without a board; null where that was not measured.</param>
internal sealed record Row(string Engine, string Crowd, int Waiting, Tally Tally, double? Bare)
{
    public static void Head()
    {
        string[] columns =
        [
            "documents", "workers", "steps waiting", "claimed and finished a second", "bare engine", "ratio", "claim p50, p95, p99 (ms)",
            "finish p50, p99 (ms)", "claim p50 to that of the short queue",
        ];
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(columns.Select(_ => " --- |"))}");
    }

    /// <summary>The median of claims to that of the same crowd at a shorter queue.</summary>
    public double Growth(Row shorter) => Tally.Percentile(Tally.Claims, 0.5) / Tally.Percentile(shorter.Tally.Claims, 0.5);

    public void Print(Row? shorter)
    {
        string[] cells =
        [
            Engine, Crowd, Text("N0", Waiting), Text("N0", Tally.Rate), Text("N0", Bare), Text("0.00", Tally.Rate / Bare),
            Percentiles(Tally.Claims, 0.5, 0.95, 0.99), Percentiles(Tally.Finishes, 0.5, 0.99), Text("0.00", shorter is null ? null : Growth(shorter)),
        ];
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    private static string Percentiles(IReadOnlyList<double> values, params double[] shares) =>
        string.Join(", ", shares.Select(share => Text("0.0", Tally.Percentile(values, share))));

    private static string Text(string format, double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
