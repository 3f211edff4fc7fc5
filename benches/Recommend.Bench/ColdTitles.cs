using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>A tenth of the titles as if nobody had watched them yet, ranked among themselves for those who did.</summary>
internal static class ColdTitles
{
    public static void Report(DataSet data, TrainingOptions options, OpenBlas? blas)
    {
        var random = new Random(options.Seed + 4711);
        var cold = Enumerable.Range(0, data.Train.Titles).Where(_ => random.Next(10) == 0).ToHashSet();
        var rows = Enumerable.Range(0, data.Train.Viewers).Select(data.Train.Of).ToArray();
        var halves = rows.Select(row => new Case(Kept(row, cold), [.. row.Titles.ToArray().Where(cold.Contains)], default));
        Case[] tests = [.. halves.Where(test => test.Hidden.Length > 0)];
        var table = InteractionTable.Of(data.Train.Titles, [.. rows.Select(row => Kept(row, cold))]);
        var model = new ModelTraining(options with { RankerTrees = 1 }, blas).Train(table, data.Texts, data.Hidden);
        Console.WriteLine($"\nR@20 of {cold.Count:N0} titles that nobody has watched, among themselves, {tests.Length:N0} viewers");
        var stages = model.Stages;
        Print("content neighbours of the whole history", (test, scores) => AddNeighbours(stages, test, scores));
        Print("content neighbours, the latest first", (test, scores) => Alone(stages, test, scores, Stage.Content));
        Print("predicted factors", (test, scores) => Alone(stages, test, scores, Stage.Factors));

        void Print(string name, Action<Case, Span<float>> score) => Console.WriteLine($"  {name,-40} {Recall(tests, cold, table.Titles, score):F4}");
    }

    private static void AddNeighbours(StageSet stages, Case test, Span<float> scores)
    {
        foreach (var title in test.Known.Titles.Span) stages.Neighbours.AddTo(scores, title, 1);
    }

    private static void Alone(StageSet stages, Case test, Span<float> scores, Stage stage)
    {
        var all = new StageScores(stages.Titles);
        stages.Score(test.Known, all);
        all.Of(stage).CopyTo(scores);
    }

    private static double Recall(Case[] tests, HashSet<int> cold, int titles, Action<Case, Span<float>> score)
    {
        var found = new double[tests.Length];
        Parallel.For(0, tests.Length, () => (Scores: new float[titles], Spare: new float[titles]), (at, _, buffers) =>
        {
            buffers.Scores.AsSpan().Clear();
            score(tests[at], buffers.Scores);
            for (var title = 0; title < titles; title++)
                if (!cold.Contains(title)) buffers.Scores[title] = float.NegativeInfinity;
            found[at] = RankMeasures.Recall(Selection.Top(buffers.Scores, 20, buffers.Spare), tests[at].Hidden, 20);
            return buffers;
        }, _ => { });
        return found.Average();
    }

    private static History Kept(History row, HashSet<int> cold) => History.Of([.. row.Titles.ToArray().Where(title => !cold.Contains(title))]);
}
