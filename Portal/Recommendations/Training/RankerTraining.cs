using System.Runtime.InteropServices;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>Trains the order of the blend's candidates by LambdaRank, on titles that the stages did not see.</summary>
internal static class RankerTraining
{
    /// <summary>Whether the library is there for this system: it comes for x64 and wants libgomp1.</summary>
    public static readonly bool IsAvailable = NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRankingTrainer).Assembly, null, out _);

    /// <summary>Null where no case has a hidden title among its candidates or nothing tells these from others, so that there is nothing to learn, and
    /// without the library.</summary>
    public static Ranker? Train(StageSet stages, Blend blend, IReadOnlyList<Case> cases, TrainingOptions options)
    {
        if (!IsAvailable) return null;
        var groups = new Row[cases.Count][];
        var model = new RecommendationModel(stages, blend, null);
        Parallel.For(0, groups.Length, () => new StageScores(stages.Titles), (at, _, scores) =>
        {
            groups[at] = RowsOf(model, cases[at], scores, (uint)at + 1);
            return scores;
        }, _ => { });
        var rows = groups.Where(group => group.Any(row => row.Label > 0)).SelectMany(group => group).ToArray();
        if (rows.Length == 0) return null;
        var machine = new MLContext(options.Seed);
        var trainer = machine.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
        {
            NumberOfIterations = options.RankerTrees, NumberOfLeaves = 31, LearningRate = 0.07, MinimumExampleCountPerLeaf = 50, Seed = options.Seed,
            NumberOfThreads = Environment.ProcessorCount, RowGroupColumnName = nameof(Row.Group), Deterministic = true,
            Booster = new GradientBooster.Options { L2Regularization = 1, FeatureFraction = 0.8, SubsampleFraction = 0.8, SubsampleFrequency = 1 },
        });
        try
        {
            return Read(trainer.Fit(machine.Data.LoadFromEnumerable(rows)).Model);
        }
        catch (ArgumentNullException fault) when (fault.ParamName == "items")
        {
            // There is nothing by which two leaves of 50 rows differ: the library makes a tree without a split, which it cannot read (dotnet/machinelearning#5022).
            return null;
        }
    }

    private static Row[] RowsOf(RecommendationModel model, Case @case, StageScores scores, uint group)
    {
        // What came later was not left for another: by it the ranker would learn that what is new is of no interest.
        var candidates = model.Blended(@case.Known, scores, RecommendationModel.Candidates, @case.Choice(model.Stages.First));
        var features = RankerFeatures.Of(model.Stages, scores, @case.Known.Last(StageSet.LongestHistory), @case.Occasion, candidates);
        return [.. candidates.Select((title, at) => new Row
        {
            Group = group, Label = @case.Hidden.Contains(title) ? 1 : 0, Features = features[(at * RankerFeatures.Count)..((at + 1) * RankerFeatures.Count)],
        })];
    }

    /// <summary>The same trees, for which <see cref="Ranker.Of"/> gives what the library gives.</summary>
    public static Ranker Read(LightGbmRankingModelParameters parameters)
    {
        var ensemble = parameters.TrainedTreeEnsemble;
        return new([.. ensemble.Trees.Select((tree, at) => Read(tree, ensemble.TreeWeights[at]))]);
    }

    private static Tree Read(RegressionTree tree, double weight) => new([.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds],
        [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues.Select(value => value * weight)]);

    private sealed class Row
    {
        [KeyType(10_000_000)]
        public uint Group { get; set; }

        public float Label { get; set; }

        [VectorType(RankerFeatures.Count)]
        public float[] Features { get; set; } = [];
    }
}
