using System.Diagnostics;
using FlickStream.Search.Bench;

const int Warmed = 200;
const int Top = 5;

if (Inputs.Read(args, Console.Error) is not var (titles, queries, edited)) return 2;
var before = GC.GetTotalMemory(forceFullCollection: true);
using var site = new Site(titles);
var held = GC.GetTotalMemory(forceFullCollection: true) - before;
Console.WriteLine($"{titles.Length:N0} titles, {site.Words:N0} words of names and people; index made in {site.Built.TotalSeconds:F1} s on {Environment.ProcessorCount} cores");
Console.WriteLine($"memory: {site.IndexBytes / 1e6:F0} MB of Lucene's, {held / 1e6:F0} MB in all with the catalog's rows");
foreach (var query in queries.OrderBy(query => query.Text, StringComparer.Ordinal).Take(Warmed)) site.Find(query);

Console.WriteLine($"\n{"one request after the other",-36} {"requests",9} {"p50",9} {"p99",9} {"worst",9} {"CPU each",9}   found, in the first {Top}");
var all = new List<double>();
foreach (var kind in queries.GroupBy(query => query.Kind))
{
    var (took, wanted, found, first) = (new List<double>(), 0, 0, 0);
    var cpu = Environment.CpuUsage.TotalTime;
    foreach (var query in kind)
    {
        var began = Stopwatch.GetTimestamp();
        var page = site.Find(query);
        took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        if (query.Wanted is null) continue;
        var place = page.Items.Select(item => item.Id).Take(Top).ToList().IndexOf(query.Wanted);
        wanted++;
        if (place >= 0) found++;
        if (place == 0) first++;
    }

    all.AddRange(took);
    Print(kind.Key, took, (Environment.CpuUsage.TotalTime - cpu) / took.Count, wanted == 0 ? "" : $"{(double)found / wanted:P1}, first {(double)first / wanted:P1}");
}

Print("all", all, null, "");
var (edits, spent) = (new List<double>(), Environment.CpuUsage.TotalTime);
foreach (var title in titles.Take(edited))
{
    var began = Stopwatch.GetTimestamp();
    site.Edit(title);
    edits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
}

if (edits.Count > 0) Print("an edit, until it is found", edits, (Environment.CpuUsage.TotalTime - spent) / edits.Count, "");
return 0;

static void Print(string name, List<double> took, TimeSpan? cpu, string found)
{
    var sorted = took.Order().ToArray();
    Console.WriteLine($"{name,-36} {sorted.Length,9:N0} {sorted[sorted.Length / 2],6:F2} ms {sorted[(int)(sorted.Length * 0.99)],6:F2} ms {sorted[^1],6:F2} ms {cpu?.TotalMilliseconds,6:F2}{(cpu is null ? "   " : " ms")}   {found}");
}
