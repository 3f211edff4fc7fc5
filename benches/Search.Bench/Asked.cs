using System.Diagnostics;

namespace FlickStream.Search.Bench;

/// <summary>How queries of one kind were answered.</summary>
/// <param name="Took">Milliseconds, the shortest first.</param>
/// <param name="Cpu">Milliseconds of all cores, of one on average.</param>
/// <param name="Found">Share of those that mean a title of which it is among the first <see cref="Top"/>; null where none does.</param>
/// <param name="First">Likewise, the very first.</param>
internal sealed record Asked(string Kind, double[] Took, double Cpu, double? Found, double? First)
{
    public const int Top = 5;

    private const int Warmed = 200;

    public static readonly string Header = $"{"one request after the other",-36} {"requests",9} {"p50",9} {"p99",9} {"worst",9} {"CPU each",9}   found, in the first {Top}";

    /// <summary>The 50th percentile.</summary>
    public double Half => Took[Took.Length / 2];

    /// <summary>The 99th.</summary>
    public double Slow => Took[(int)(Took.Length * 0.99)];

    /// <summary>One kind after the other, and what all took.</summary>
    /// <param name="find">Ids, best first.</param>
    public static Asked[] Of(Query[] queries, Func<Query, IEnumerable<string>> find)
    {
        foreach (var query in queries.OrderBy(query => query.Text, StringComparer.Ordinal).Take(Warmed)) find(query);
        Asked[] kinds = [.. queries.GroupBy(query => query.Kind).Select(kind => OfKind(kind, find))];
        double[] all = [.. kinds.SelectMany(kind => kind.Took).Order()];
        return [.. kinds, new("all", all, kinds.Sum(kind => kind.Cpu * kind.Took.Length) / all.Length, null, null)];
    }

    public override string ToString() =>
        $"{Kind,-36} {Took.Length,9:N0} {Half,6:F2} ms {Slow,6:F2} ms {Took[^1],6:F2} ms {Cpu,6:F2} ms   {(Found is null ? "" : $"{Found:P1}, first {First:P1}")}";

    /// <summary>How many times that of another it is.</summary>
    public string Beside(Asked baseline) =>
        $"{Kind,-36} {"",9} {Half / baseline.Half,9:F2} {Slow / baseline.Slow,9:F2} {Took[^1] / baseline.Took[^1],9:F2} {Cpu / baseline.Cpu,9:F2}   "
        + (baseline.Found is > 0 ? $"{Found / baseline.Found:F2}, first {(baseline.First is > 0 ? $"{First / baseline.First:F2}" : "-")}" : "");

    private static Asked OfKind(IGrouping<string, Query> kind, Func<Query, IEnumerable<string>> find)
    {
        var (took, places) = (new List<double>(), new List<int>());
        var cpu = Environment.CpuUsage.TotalTime;
        foreach (var query in kind)
        {
            var began = Stopwatch.GetTimestamp();
            var found = find(query);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (query.Wanted is not null) places.Add(found.Take(Top).ToList().IndexOf(query.Wanted));
        }

        var each = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / took.Count;
        double? ShareOf(Func<int, bool> isSo) => places.Count == 0 ? null : places.Count(isSo) / (double)places.Count;
        return new(kind.Key, [.. took.Order()], each, ShareOf(place => place >= 0), ShareOf(place => place == 0));
    }
}
