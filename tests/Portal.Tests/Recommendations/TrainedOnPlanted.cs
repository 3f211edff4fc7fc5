using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>A small library with a known structure, whose viewers' last titles are hidden, and the model of the rest. Made once.</summary>
public sealed class TrainedOnPlanted
{
    public const string Collection = "trained on planted data";

    internal static readonly TrainingOptions Options = new()
    {
        Factors = 16, FactorEpochs = 8, RankerTrees = 40, ItemRegularization = 50, NextRegularization = 20, WeightsPerTitle = 100,
    };

    public TrainedOnPlanted()
    {
        var (rows, moments) = Data.Viewers(2500, 25);
        (Table, Tests) = HoldOut.Of(InteractionTable.Of(Data.Titles, rows, moments), HiddenPart.Latest, 700, 11);
        Model = new ModelTraining(Options, null).Train(Table, Data.Texts, HiddenPart.Latest);
    }

    internal PlantedData Data { get; } = new(300, 10, 7);

    internal InteractionTable Table { get; }

    internal Case[] Tests { get; }

    internal RecommendationModel Model { get; }

    /// <summary>NDCG@10 of each test.</summary>
    internal double[] Ndcg(Func<Case, StageScores, int[]> order, IReadOnlyList<Case>? tests = null)
    {
        var scores = new StageScores(Data.Titles);
        return [.. (tests ?? Tests).Select(test => RankMeasures.Ndcg(order(test, scores), test.Hidden, 10))];
    }

    /// <summary>Of the blend, which is what reasons reckon with.</summary>
    internal float ScoreOf(RecommendationModel model, History history, int title)
    {
        var scores = new StageScores(Data.Titles);
        model.Blended(history, scores, 1);
        Assert.Equal(scores.Total[title], Reasons.ScoreOf(model, history, title), 1e-4 * (1 + Math.Abs(scores.Total[title])));
        return scores.Total[title];
    }

    internal int[] Alone(Stage stage, Case test, StageScores scores, int most = 10)
    {
        Model.Stages.Score(test.Known, scores);
        var values = scores.Of(stage).ToArray();
        test.Known.Hide(values);
        return Selection.Top(values, most);
    }
}

[CollectionDefinition(TrainedOnPlanted.Collection)]
public sealed class PlantedCollection : ICollectionFixture<TrainedOnPlanted>;
