using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Recommend.Bench;

/// <summary>A tenth of the titles as if nobody had watched them yet.</summary>
internal static class ColdTitles
{
    private static readonly int[] Nearest = [10, 30, 100];

    public static void Report(DataSet data, TrainingOptions options)
    {
        var random = new Random(options.Seed + 4711);
        var cold = Enumerable.Range(0, data.Train.Titles).Where(_ => random.Next(10) == 0).ToHashSet();
        var trial = new ColdTrial(data.Train, data.Texts, cold, options);
        if (trial.Tests.Length == 0)
        {
            Console.WriteLine($"\nnobody watched some of {cold.Count:N0} titles and some of the others");
            return;
        }

        Console.WriteLine($"\nR@20 of {cold.Count:N0} titles that nobody has watched, among themselves, {trial.Tests.Length:N0} viewers");
        (string Name, double[] Found)[] content =
            [.. Nearest.Select(nearest => Print($"content, the {nearest} nearest", trial.Content(20, nearest))), Print("content, all", trial.Content(20))];
        Print("content weighted by what it tells", trial.Learned(20));
        var predicted = Print("predicted factors", trial.Predicted(20)).Found;
        if (data.Planted is { } planted) Print("what was planted", trial.Planted(20, planted));
        foreach (var (name, found) in content)
        {
            var ratio = Bootstrap.OfRatio(predicted, found);
            Console.WriteLine($"  predicted factors / {name}: {ratio.Mean:F2} [{ratio.Low:F2}, {ratio.High:F2}]");
        }
    }

    private static (string Name, double[] Found) Print(string name, double[] found)
    {
        Console.WriteLine($"  {name,-40} {found.Average():F4}");
        return (name, found);
    }
}
