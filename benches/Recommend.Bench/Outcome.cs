using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>How one way did: for each viewer the measures, and over all coverage (titles that are among someone's first 20) and how unlike
/// the first 10 are (1 - cosine of content, or of factors where there is none).</summary>
internal sealed record Outcome(
    string Name, double[] Recall10, double[] Recall20, double[] Ndcg10, double[] Ndcg20, double[] Ndcg100, double Coverage, double Unlikeness)
{
    public static Outcome Of(Way way, RecommendationModel model, DataSet data, Case[] tests, SparseRows? content = null)
    {
        var (lists, count) = (new int[tests.Length][], tests.Length);
        Parallel.For(0, count, () => new StageScores(model.Stages.Titles), (at, _, scores) =>
        {
            lists[at] = way.Order(model, tests[at], scores);
            return scores;
        }, _ => { });
        double[] Each(Func<int[], int[], double> measure) => [.. lists.Select((list, at) => measure(list, tests[at].Hidden))];
        return new(way.Name,
            Each((list, hidden) => RankMeasures.Recall(list, hidden, 10, data.OfPossible)),
            Each((list, hidden) => RankMeasures.Recall(list, hidden, 20, data.OfPossible)),
            Each((list, hidden) => RankMeasures.Ndcg(list, hidden, 10)), Each((list, hidden) => RankMeasures.Ndcg(list, hidden, 20)),
            Each((list, hidden) => RankMeasures.Ndcg(list, hidden, 100)),
            lists.SelectMany(list => list.Take(20)).Distinct().Count() / (double)model.Stages.Titles,
            lists.Where(list => list.Length > 1).Select(list => Spread(list[..Math.Min(10, list.Length)], model, content)).DefaultIfEmpty().Average());
    }

    public override string ToString() =>
        $"{Name,-20} {Recall10.Average(),9:F4} {Recall20.Average(),9:F4} {Ndcg10.Average(),9:F4} {Ndcg20.Average(),9:F4} "
        + $"{Ndcg100.Average(),9:F4} {Coverage,9:F3} {Unlikeness,9:F3}";

    private static double Spread(int[] list, RecommendationModel model, SparseRows? content)
    {
        var (sum, pairs) = (0.0, 0);
        for (var at = 1; at < list.Length; at++)
            for (var other = 0; other < at; other++, pairs++)
                sum += 1 - (content is null ? model.Stages.Factors.Likeness(list[at], list[other]) : Cosine(content, list[at], list[other]));
        return sum / pairs;
    }

    private static float Cosine(SparseRows content, int title, int other)
    {
        var columns = content.ColumnsOf(title);
        var values = content.ValuesOf(title);
        var sum = 0f;
        for (var at = 0; at < columns.Length; at++) sum += values[at] * content.Of(other, columns[at]);
        return sum;
    }
}
