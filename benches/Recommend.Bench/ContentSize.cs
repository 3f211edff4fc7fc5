using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>What the content of so many titles costs in training: its features, what they tell, and the neighbours, with factors that are learned from made-up viewers.</summary>
internal static class ContentSize
{
    private const int Interactions = 1_000_000;

    public static void Report(int titles, TrainingOptions options)
    {
        var data = MadeUp.Of(FormattableString.Invariant($"{Interactions}x{titles}"), null, options.Seed);
        Console.WriteLine(data.Size);
        var (training, counts) = (new StageTraining(options, null), data.Train.Counts());
        var features = training.Timed("texts", () => ContentFeatures.Of(data.Texts));
        var factors = training.Timed("factors", () => FactorTraining.Train(data.Train, options));
        var learned = training.Timed("content", () => LearnedContent.Of(features, factors, counts, options));
        Console.WriteLine($"  {features.Rows.Columns:N0} features, {features.Rows.Count:N0} of titles, {learned.Count:N0} after learning what they tell; memory at most {Recommend.Bench.Report.Peak():N0} MB");
        var neighbours = training.Timed("neighbours", () => ContentNeighbours.Of(learned));
        foreach (var (part, took) in training.Took) Console.WriteLine($"  {part,-12} {took.Wall.TotalSeconds,7:F2} s, {took.Cpu.TotalSeconds,7:F2} s of CPU");
        Console.WriteLine($"  {neighbours.Count:N0} neighbours; memory at most {Recommend.Bench.Report.Peak():N0} MB");
    }
}
