using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

[Collection(TrainedOnPlanted.Collection)]
public sealed class StageTests(TrainedOnPlanted planted)
{
    [Fact]
    public void The_item_model_finds_the_clusters()
    {
        var own = Shares(planted.Model.Stages.Items, 5, (title, other) => planted.Data.ClusterOf(title) == planted.Data.ClusterOf(other));
        Assert.True(own > 0.85, $"{own:P0} of the strongest weights are within a cluster, of which there are {planted.Data.Clusters}.");
    }

    [Fact]
    public void The_next_model_finds_the_successors()
    {
        var found = Shares(planted.Model.Stages.Next, 1, (title, other) => planted.Data.SuccessorOf(title) == other);
        Assert.True(found > 0.8, $"{found:P0} of the titles have their successor as what is watched next.");
    }

    [Fact]
    public void The_factors_find_the_clusters()
    {
        var (within, between) = (new List<double>(), new List<double>());
        for (var title = 0; title < 100; title++)
            for (var other = 100; other < 200; other++)
                (planted.Data.ClusterOf(title) == planted.Data.ClusterOf(other) ? within : between).Add(planted.Model.Stages.Factors.Likeness(title, other));
        Assert.True(within.Average() > between.Average() + 0.3, $"within {within.Average():F2}, between {between.Average():F2}");
    }

    [Fact]
    public void The_moments_find_each_clusters_time_of_day()
    {
        var right = Enumerable.Range(0, planted.Data.Titles).Where(title => planted.Model.Stages.Viewers[title] >= 100).Select(title =>
            Enumerable.Range(0, Moment.DayParts).MaxBy(part => planted.Model.Stages.Moments.Of(title, new(part, 0))) == planted.Data.ClusterOf(title) % Moment.DayParts).ToArray();
        Assert.True(right.Count(found => found) > 0.95 * right.Length, $"{right.Count(found => found)} of {right.Length}");
    }

    [Theory]
    [InlineData(nameof(Stage.Items))]
    [InlineData(nameof(Stage.LatestItems))]
    [InlineData(nameof(Stage.Next))]
    [InlineData(nameof(Stage.Factors))]
    [InlineData(nameof(Stage.Content))]
    public void Each_stage_beats_popularity(string stage)
    {
        var difference = Bootstrap.OfDifference(planted.Ndcg((test, scores) => planted.Alone(Enum.Parse<Stage>(stage), test, scores)),
            planted.Ndcg((test, scores) => planted.Alone(Stage.Popularity, test, scores)));
        Assert.True(difference.Low > 0, $"NDCG@10 {difference}");
    }

    private double Shares(SparseRows weights, int most, Func<int, int, bool> isRight)
    {
        var titles = Enumerable.Range(0, planted.Data.Titles).Where(title => planted.Model.Stages.Viewers[title] >= 100).ToArray();
        return titles.Average(title => weights.ColumnsOf(title).ToArray().Zip(weights.ValuesOf(title).ToArray())
            .OrderByDescending(cell => cell.Second).Take(most).Average(cell => isRight(title, cell.First) ? 1.0 : 0));
    }
}
