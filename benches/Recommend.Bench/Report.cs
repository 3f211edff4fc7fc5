using System.Diagnostics;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>Prints what was measured.</summary>
internal static class Report
{
    public static void Training(ModelTraining training, RecommendationModel model, TimeSpan whole, OpenBlas? blas)
    {
        Console.WriteLine($"training {whole.TotalSeconds:F1} s in all; closed forms {(blas is null ? "in C#" : "by OpenBLAS")}");
        foreach (var (part, took) in training.Stages.Took) Console.WriteLine($"  {part,-12} {took.Wall.TotalSeconds,7:F2} s, {took.Cpu.TotalSeconds,7:F2} s of CPU");
        Console.WriteLine($"  weights kept: items {model.Stages.Items.Count:N0}, next {model.Stages.Next.Count:N0}, neighbours {model.Stages.Neighbours.Count:N0}");
        var weights = Enum.GetValues<Stage>().Select(stage => $"{stage} {model.Blend.Weights[(int)stage]:G3}");
        Console.WriteLine($"  blend: {string.Join(", ", weights)}, prior half at {model.Blend.PriorHalf:G3}");
        Console.WriteLine($"  ranker: {(model.Ranker is null ? "none, the blend is as good" : $"{model.Ranker.Trees.Length} trees")}; peak memory {Peak():N0} MB");
    }

    public static void Quality(RecommendationModel model, DataSet data)
    {
        var content = data.Texts.All(text => text == ContentText.None) ? null : ContentFeatures.Of(data.Texts).Rows;
        Console.WriteLine($"\n{"",-20} {"R@10",9} {"R@20",9} {"N@10",9} {"N@20",9} {"N@100",9} {"coverage",9} {"unlike",9} {"N@10 by popularity's",21}");
        var outcomes = new List<Outcome>();
        foreach (var way in Way.All)
        {
            outcomes.Add(Outcome.Of(way, model, data, data.Tests, content));
            Print(outcomes[^1]);
        }

        Console.WriteLine();
        foreach (var way in Way.Rows) Print(Outcome.Of(way, model, data, data.Tests, content));
        void Print(Outcome outcome) => Console.WriteLine($"{outcome} {outcome.Ndcg10.Average() / Find(Way.Popularity).Ndcg10.Average(),21:F2}");
        Outcome Find(Way way) => outcomes.Single(outcome => outcome.Name == way.Name);
        Console.WriteLine("\nN@10, difference with its 95 % confidence interval (paired bootstrap)");
        Difference(Find(Way.Blend), Find(Way.Popularity));
        Difference(Find(Way.Ranked), Find(Way.Blend));
    }

    public static void ColdViewers(RecommendationModel model, DataSet data)
    {
        Console.WriteLine("\nN@10 of viewers of whom only the latest titles are known");
        foreach (var known in new[] { 0, 1, 3, 5, 10 })
        {
            Case[] tests = [.. data.Tests.Where(test => test.Known.Length >= known).Select(test => test.OfLatest(known))];
            if (tests.Length == 0) continue;
            var popular = Outcome.Of(Way.Popularity, model, data, tests);
            Console.WriteLine($"{known} known, {tests.Length:N0} viewers: popularity {popular.Ndcg10.Average():F4}");
            foreach (var way in new[] { Way.Blend, Way.Ranked }) Difference(Outcome.Of(way, model, data, tests), popular);
        }
    }

    public static void Requests(RecommendationModel model, IReadOnlyList<Case> tests, int most)
    {
        const int Warming = 50;
        var (pages, took) = (new ViewerPages(model), new List<double>());
        foreach (var test in Enumerable.Repeat(tests, 1 + ((most + Warming) / tests.Count)).SelectMany(all => all).Take(most + Warming))
        {
            var began = Stopwatch.GetTimestamp();
            pages.Of(test.Known, test.Occasion.Moment);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var sorted = took.Skip(Warming).Order().ToArray();
        var (half, worst) = (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
        Console.WriteLine($"\nrequest, of {sorted.Length:N0} one after the other: p50 {half:F2} ms, p99 {worst:F2} ms");
    }

    private static void Difference(Outcome outcome, Outcome baseline)
    {
        var interval = Bootstrap.OfDifference(outcome.Ndcg10, baseline.Ndcg10);
        Console.WriteLine($"  {outcome.Name} - {baseline.Name}: {interval.Mean:+0.0000;-0.0000} [{interval.Low:+0.0000;-0.0000}, {interval.High:+0.0000;-0.0000}]");
    }

    public static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
