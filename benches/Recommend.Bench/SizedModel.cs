using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>
/// A model as large as one of so many titles gets, whose numbers are drawn and not learned: what a request and a node's memory cost depends on how many
/// there are. Weights lie anywhere, so that caches help less than they do with learned ones.
/// </summary>
internal static class SizedModel
{
    private const int Leaves = 31;

    public static void Report(int titles, int requests, TrainingOptions options)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var model = Of(titles, options);
        var size = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"a drawn model of {titles:N0} titles: {model.Stages.Items.Count:N0} weights of each of two kinds, {model.Stages.Neighbours.Count:N0} neighbours, "
            + $"{model.Ranker!.Trees.Length} trees; {size / 1e6:N0} MB, and {titles * (StageScores.Stages + 1) * sizeof(float) / 1e6:F1} MB for each request at once");
        var random = new Random(options.Seed);
        Case[] tests = [.. Enumerable.Range(0, 500).Select(_ => new Case(Drawn(random, titles), [], new(new Moment(random.Next(4), random.Next(4)))))];
        Recommend.Bench.Report.Requests(model, tests, requests);
    }

    private static RecommendationModel Of(int titles, TrainingOptions options)
    {
        var (random, head) = (new Random(options.Seed), Math.Min(titles, options.HeadTitles));
        var perHead = Math.Min(options.WeightsPerTitle, head);
        var factors = new float[titles * options.Factors];
        foreach (ref var value in factors.AsSpan()) value = 0.1f * (random.NextSingle() - 0.5f);
        int[] viewers = [.. Enumerable.Range(0, titles).Select(_ => random.Next(10_000))];
        var stages = new StageSet
        {
            Options = options, Items = Weights(random, titles, head, perHead), Next = Weights(random, titles, head, perHead),
            Neighbours = Weights(random, titles, titles, Math.Min(titles, ContentNeighbours.PerTitle)),
            Factors = new(factors, options), Viewers = viewers, Popularity = InteractionTable.PopularityOf(viewers),
            Moments = new(new float[titles * Moment.Count]),
        };
        var blend = new Blend([.. Enumerable.Range(0, StageScores.Stages).Select(_ => 1f)], 3);
        return new(stages, blend, new([.. Enumerable.Range(0, options.RankerTrees).Select(_ => DrawnTree(random))]));
    }

    private static SparseRows Weights(Random random, int titles, int head, int most)
    {
        var columns = new (int, float)[]?[titles];
        for (var title = 0; title < head; title++)
        {
            var rows = new HashSet<int>();
            while (rows.Count < most) rows.Add(random.Next(head));
            columns[title] = [.. rows.Select(row => (row, random.NextSingle()))];
        }

        return SparseRows.OfColumns(columns, titles);
    }

    // As deep everywhere: inner nodes in the order of a heap.
    private static Tree DrawnTree(Random random)
    {
        int ChildOf(int node) => node < Leaves - 1 ? node : ~(node - (Leaves - 1));
        int[] Inner(Func<int, int> value) => [.. Enumerable.Range(0, Leaves - 1).Select(value)];
        return new(Inner(_ => random.Next(RankerFeatures.Count)), [.. Inner(_ => 0).Select(_ => random.NextSingle())], Inner(node => ChildOf((2 * node) + 1)),
            Inner(node => ChildOf((2 * node) + 2)), [.. Enumerable.Range(0, Leaves).Select(_ => random.NextDouble())]);
    }

    // From 8 titles to as many as a request looks at, 100 in the middle.
    private static History Drawn(Random random, int titles) =>
        History.Of([.. Enumerable.Range(0, random.Next(8, StageSet.LongestHistory)).Select(_ => random.Next(titles))]);
}
