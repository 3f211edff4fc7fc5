using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>
/// Finds the weights of the stages by which hidden titles come first, one weight after the other. Half of the cases have their whole history,
/// half have only the latest 1 to 10 titles of it, so that the weight of popularity fits those of whom little is known.
/// </summary>
internal static class BlendFit
{
    private const int PerStage = 60, Depth = 20, Rounds = 3;

    private static readonly float[] Factors = [0, 0.25f, 0.5f, 0.75f, 1.33f, 2, 4];

    public static Blend Fit(StageSet stages, IReadOnlyList<Case> cases)
    {
        var rows = new Candidates[cases.Count];
        Parallel.For(0, rows.Length, () => new StageScores(stages.Titles), (at, _, scores) =>
        {
            rows[at] = Candidates.Of(stages, at % 2 == 0 ? cases[at] : cases[at].Shortened(at / 2), scores);
            return scores;
        }, _ => { });
        var starting = StartingWeights(rows);
        var blend = new Blend(starting, 3);
        var best = Quality(blend, rows);
        for (var round = 0; round < Rounds; round++)
            foreach (var change in Changes(starting))
            {
                var changed = change(blend);
                if (Quality(changed, rows) is var quality && quality > best) (blend, best) = (changed, quality);
            }

        return blend;
    }

    // So that each stage's scores are spread alike.
    private static float[] StartingWeights(Candidates[] rows)
    {
        var weights = new float[StageScores.Stages];
        for (var stage = 0; stage < weights.Length; stage++)
        {
            var spread = rows.Select(row => row.SpreadOf(stage)).DefaultIfEmpty().Average();
            weights[stage] = spread > 0 ? 1 / spread : 0;
        }

        return weights;
    }

    private static IEnumerable<Func<Blend, Blend>> Changes(float[] starting)
    {
        for (var stage = 0; stage < starting.Length; stage++)
        {
            var place = stage;
            // Popularity keeps some weight, as nothing else orders titles for a viewer without a history.
            foreach (var factor in place == (int)Stage.Popularity ? Factors[1..] : Factors)
                yield return now => now with
                {
                    Weights = [.. now.Weights.Select((weight, at) => at != place ? weight : weight > 0 ? weight * factor : factor * starting[at])],
                };
        }

        foreach (var factor in Factors[1..]) yield return now => now with { PriorHalf = Math.Clamp(now.PriorHalf * factor, 0.5f, 100) };
    }

    private static double Quality(Blend blend, Candidates[] rows)
    {
        var gains = new double[rows.Length];
        Parallel.For(0, rows.Length, at => gains[at] = rows[at].Ndcg(blend));
        return gains.Average();
    }

    // What the stages think of the titles that any of them puts first: a row a stage. Found: those of the titles that were hidden.
    private sealed record Candidates(float[] Scores, int[] Found, int Hidden, float Known)
    {
        private int Count => Scores.Length / StageScores.Stages;

        public static Candidates Of(StageSet stages, Case @case, StageScores scores)
        {
            stages.Score(@case.Known, scores);
            var union = new HashSet<int>();
            foreach (var stage in Enum.GetValues<Stage>())
            {
                var values = scores.Of(stage);
                @case.Known.Hide(values);
                union.UnionWith(Selection.Top(values, PerStage));
            }

            var titles = union.Order().ToArray();
            var cells = new float[titles.Length * StageScores.Stages];
            foreach (var stage in Enum.GetValues<Stage>())
                for (var at = 0; at < titles.Length; at++) cells[((int)stage * titles.Length) + at] = scores.Of(stage)[titles[at]];
            return new(cells, [.. Enumerable.Range(0, titles.Length).Where(at => @case.Hidden.Contains(titles[at]))], @case.Hidden.Length, @case.Known.Amount);
        }

        public ReadOnlySpan<float> RowOf(int stage) => Scores.AsSpan(stage * Count, Count);

        public float SpreadOf(int stage) => Count == 0 ? 0 : TensorPrimitives.StdDev(RowOf(stage));

        public double Ndcg(Blend blend)
        {
            if (Found.Length == 0) return 0;
            var totals = new float[Count];
            foreach (var stage in Enum.GetValues<Stage>())
                TensorPrimitives.MultiplyAdd(RowOf((int)stage), blend.WeightOf(stage, Known), totals, totals);
            var (gain, best) = (0.0, 0.0);
            for (var place = 0; place < Math.Min(Depth, Hidden); place++) best += RankMeasures.DiscountAt(place);
            foreach (var found in Found)
            {
                var place = 0;
                foreach (var total in totals)
                    if (total > totals[found]) place++;
                if (place < Depth) gain += RankMeasures.DiscountAt(place);
            }

            return gain / best;
        }
    }
}
