using System.Diagnostics;
using FlickStream.Search.Bench;

if (Inputs.Read(args, Console.Error) is not var (titles, queries, edited)) return 2;
var before = GC.GetTotalMemory(forceFullCollection: true);
using var site = new Site(titles);
var held = GC.GetTotalMemory(forceFullCollection: true) - before;
Console.WriteLine($"{titles.Length:N0} titles, {site.Words:N0} words of names and people; index made in {site.Built.TotalSeconds:F1} s on {Environment.ProcessorCount} cores");
Console.WriteLine($"memory: {site.IndexBytes / 1e6:F0} MB of Lucene's, {held / 1e6:F0} MB in all with the catalog's rows");
Console.WriteLine($"\n{Asked.Header}");
var own = Asked.Of(queries, query => site.Find(query).Items.Select(item => item.Id));
foreach (var kind in own) Console.WriteLine(kind);
var (edits, spent) = (new List<double>(), Environment.CpuUsage.TotalTime);
foreach (var title in titles.Take(edited))
{
    var began = Stopwatch.GetTimestamp();
    site.Edit(title);
    edits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
}

if (edits.Count > 0)
    Console.WriteLine(new Asked("an edit, until it is found", [.. edits.Order()], (Environment.CpuUsage.TotalTime - spent).TotalMilliseconds / edits.Count, null, null));

using var sqlite = new SqliteSearch(titles);
Console.WriteLine($"\nSQLite FTS5 in memory beside it, without counts; index made in {sqlite.Built.TotalSeconds:F1} s on one core");
var beside = Asked.Of(queries, query => sqlite.Find(query.Text, Asked.Top));
foreach (var kind in beside) Console.WriteLine(kind);
Console.WriteLine("\nhow many times that of SQLite");
foreach (var (mine, theirs) in own.Zip(beside)) Console.WriteLine(mine.Beside(theirs));
return 0;
