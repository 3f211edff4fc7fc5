using System.Globalization;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>What became of many files, as lines to be read.</summary>
internal static class FuzzTable
{
    public static IEnumerable<string> Of(IReadOnlyCollection<Verdict> verdicts) =>
    [
        .. Rows("mutation", verdicts, verdict => verdict.File.Mutation),
        "",
        .. Rows("container", verdicts, verdict => verdict.File.Container),
        "",
        .. verdicts.GroupBy(verdict => verdict.End).OrderByDescending(end => end.Count()).Select(end => $"{end.Count(),6}  {end.Key}"),
        "",
        .. verdicts.Where(verdict => verdict.End.StartsWith("failed", StringComparison.Ordinal)).OrderBy(verdict => verdict.File.Number)
            .Select(verdict => $"{verdict.File}: {verdict.End}"),
        .. verdicts.OrderByDescending(verdict => verdict.Took).Take(5)
            .Select(verdict => string.Create(CultureInfo.InvariantCulture, $"slow: {verdict.Took.TotalSeconds:0.0} s, {verdict.File}: {verdict.End}")),
    ];

    private static IEnumerable<string> Rows(string title, IEnumerable<Verdict> verdicts, Func<Verdict, string> of) =>
    [
        $"{title,-30}{"playable",9}{"refused",9}{"failed",9}{"wrong",9}",
        .. verdicts.GroupBy(of).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row =>
            $"{row.Key,-30}{Count(row, "playable"),9}{Count(row, "refused"),9}{Count(row, "failed"),9}{row.Count(verdict => verdict.Wrong is not null),9}"),
    ];

    private static int Count(IEnumerable<Verdict> verdicts, string end) => verdicts.Count(verdict => verdict.End.StartsWith(end, StringComparison.Ordinal));
}
