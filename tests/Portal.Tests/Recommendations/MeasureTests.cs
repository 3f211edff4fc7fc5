using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class MeasureTests
{
    [Fact]
    public void Recall_and_ndcg_are_as_reckoned_by_hand()
    {
        int[] list = [4, 7, 1, 9], relevant = [7, 9, 5];
        Assert.Equal(1 / 3.0, RankMeasures.Recall(list, relevant, 3));
        Assert.Equal(2 / 3.0, RankMeasures.Recall(list, relevant, 10));
        Assert.Equal(1 / 2.0, RankMeasures.Recall(list, relevant, 2, ofPossible: true));
        Assert.Equal(((1 / Math.Log2(3)) + (1 / Math.Log2(5))) / (1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4))), RankMeasures.Ndcg(list, relevant, 10), 1e-12);
        Assert.Equal(1, RankMeasures.Ndcg([7, 5, 9], relevant, 2));
    }

    [Fact]
    public void The_interval_holds_the_true_mean_in_about_95_of_100_samples()
    {
        var random = new Random(5);
        var held = Enumerable.Range(0, 200).Count(seed =>
            Bootstrap.Of([.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())], 300, seed) is var interval && interval.Low <= 0.5 && interval.High >= 0.5);
        Assert.InRange(held, 180, 198);
    }

    [Fact]
    public void What_is_hidden_is_not_in_what_is_trained_on()
    {
        History[] rows = [History.Of([3, 1, 2, 0, 4]), History.Of([1, 2]), History.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])];
        Moment[][] moments = [[default, default, default, default, new(2, 1)], [default, default], new Moment[10]];
        var (shown, cases) = HoldOut.Of(InteractionTable.Of(10, rows, moments), HiddenPart.Latest, 10, 1);
        Assert.Equal(2, cases.Length);
        Assert.Equal([3, 1, 2, 0], shown.TitlesOf(0).ToArray());
        Assert.Equal([1, 2], shown.TitlesOf(1).ToArray());
        Assert.Equal(new Moment(2, 1), Assert.Single(cases, found => found.Hidden is [4]).Moment);

        (shown, cases) = HoldOut.Of(InteractionTable.Of(10, rows, moments), HiddenPart.Fifth, 10, 1);
        Assert.All(cases, found => Assert.Empty(found.Hidden.Intersect(found.Known.Titles.ToArray())));
        Assert.Equal(17 - 1 - 2, shown.Count);
    }

    [Fact]
    public void A_title_that_is_watched_again_counts_where_it_was_watched_last()
    {
        var history = History.Of([5, 3, 5, 2]);
        Assert.Equal([3, 5, 2], history.Titles.ToArray());
        Assert.Equal([3, 2], history.Without(5).Titles.ToArray());
        Assert.Equal([5, 2], history.Last(2).Titles.ToArray());
        Assert.Equal(history, history.Without(9));
    }

    [Fact]
    public void Turned_twice_a_table_is_the_same()
    {
        var table = InteractionTable.Of(4, [History.Of([3, 1]), History.Of([1]), History.Empty]);
        Assert.Equal([0, 1], table.ByTitle().TitlesOf(1).ToArray());
        Assert.Equal([1, 3], table.ByTitle().ByTitle().TitlesOf(0).ToArray().Order());
        Assert.Equal([0, 2, 0, 1], table.Counts());
    }
}
