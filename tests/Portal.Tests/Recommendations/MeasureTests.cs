using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class MeasureTests
{
    private static readonly float[] OldAges = [70, 7];

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

    // Pages of one viewer are alike: as if each were another viewer's, the interval would hold the mean in about half of the samples.
    [Fact]
    public void The_interval_of_grouped_pages_holds_the_true_share_in_about_95_of_100_samples()
    {
        var (random, held, width) = (new Random(5), 0, 0.0);
        for (var sample = 0; sample < 300; sample++)
        {
            var (followed, pages) = (new double[32], new double[32]);
            for (var viewer = 0; viewer < 500; viewer++)
            {
                var (group, taste) = (random.Next(32), random.NextDouble() < 0.5 ? 0.05 : 0.55);
                for (var page = 0; page < 20; page++, pages[group]++)
                    if (random.NextDouble() < taste) followed[group]++;
            }

            var interval = GroupedRatio.Of(followed, pages)!.Value;
            if (interval.Low <= 0.3 && interval.High >= 0.3) held++;
            width += (interval.High - interval.Low) / 300;
        }

        Assert.InRange(held, 270, 297);
        Assert.InRange(width, 0.03, 0.06);
    }

    [Fact]
    public void A_share_of_which_nothing_was_seen_may_still_be_above_nothing()
    {
        // However many pages there are: those of a group may be one viewer's.
        foreach (var each in new[] { 10.0, 1000 })
        {
            double[] pages = [.. Enumerable.Repeat(each, 32)];
            Assert.Equal(new Interval(0, 0, 3 / 32.0), GroupedRatio.Of(new double[32], pages));
            Assert.Equal(new Interval(1, 1 - (3 / 32.0), 1), GroupedRatio.Of(pages, pages));
            Assert.Equal(new Interval(0, 0, 3 / 5.0), GroupedRatio.Of(new double[32], [.. pages.Take(5), .. new double[27]]));
        }

        Assert.Null(GroupedRatio.Of([1, 1, 1, 1, 0], [2, 2, 2, 2, 0]));
        var difference = GroupedRatio.Difference(new Interval(0.5, 0.2, 0.9), new Interval(0.1, 0.05, 0.5))!.Value;
        Assert.Equal((0.4, -0.1, 0.8031), (Math.Round(difference.Mean, 4), Math.Round(difference.Low, 4), Math.Round(difference.High, 4)));
        Assert.Null(GroupedRatio.Difference(difference, null));
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
        Assert.Equal(new Moment(2, 1), Assert.Single(cases, found => found.Hidden is [4]).Occasion.Moment);

        (shown, cases) = HoldOut.Of(InteractionTable.Of(10, rows, moments), HiddenPart.Fifth, 10, 1);
        Assert.All(cases, found => Assert.Empty(found.Hidden.Intersect(found.Known.Titles.ToArray())));
        Assert.Equal(17 - 1 - 2, shown.Count);
    }

    [Fact]
    public void Every_second_case_comes_again_with_the_end_of_its_history_and_the_same_to_find()
    {
        Case CaseOf(int length, int hidden) => new(History.Of([.. Enumerable.Range(0, length)]), [hidden], new(new(2, 1)));
        Case[] cases = [CaseOf(12, 50), CaseOf(12, 51), CaseOf(12, 52), CaseOf(12, 53), CaseOf(12, 54), CaseOf(2, 55)];
        var all = Case.WithShortened(cases);
        Assert.Equal(cases, all.Take(6));
        // The third copy would have three titles, of a history of two.
        Assert.Equal([(1, 51), (2, 53)], all.Skip(6).Select(one => (one.Known.Length, one.Hidden.Single())));
        Assert.All(all.Skip(6), one => Assert.Equal((11, 11, new Moment(2, 1)), (one.Known.Titles.Span[^1], one.Known.Past.Span[^1] + one.Known.Length, one.Occasion.Moment)));
        Assert.Equal([1, 2, 3, 5, 10, 1], Enumerable.Range(0, 6).Select(at => cases[0].Shortened(at).Known.Length));
    }

    [Fact]
    public void What_was_watched_lately_is_popular_and_without_times_whatever_more_have_watched()
    {
        // Eight watched the old hit, ten half-lives ago, and two the new one.
        History[] rows = [.. Enumerable.Range(0, 8).Select(_ => History.Of([0, 2])), History.Of([1]), History.Of([1])];
        var dating = WatchedOnce.Of(3, rows, [.. Enumerable.Range(0, 8).Select(_ => OldAges), [0f], [0f]], halfLife: 7);
        Assert.Equal([8 / 1024f / 4, 2 / 4f, 1], InteractionTable.Of(3, rows, dating: dating).Popularity());
        Assert.Equal([1, 2 / 8f, 1], InteractionTable.Of(3, rows).Popularity());
        Assert.Equal([8, 2, 8], InteractionTable.Of(3, rows, dating: dating).Counts());
    }

    [Fact]
    public void A_model_is_judged_beside_what_most_ever_watched_where_little_is_popular_of_what_was_hidden()
    {
        var data = new PlantedData(100, 4, 7);
        var (rows, moments) = data.Viewers(400, 15);
        // What anybody would choose is of long ago, and what hardly anybody does of today.
        var rank = InteractionTable.Of(data.Titles, rows, moments).Counts();
        var median = rank.Order().ElementAt(rank.Length / 2);
        float[][] ages = [.. rows.Select(row => Array.ConvertAll(row.Titles.ToArray(), title => rank[title] > median ? 20f : 0))];
        var now = Judged(WatchedOnce.Of(data.Titles, rows, ages, halfLife: 1));
        var ever = Judged(null);
        Assert.True(ever.Popular > 0 && now.Popular > 0.9 * ever.Popular, $"{now.Popular} of now, {ever.Popular} of ever");

        Judgement Judged(Dating? dating)
        {
            var training = new ModelTraining(TrainedOnPlanted.Options, null);
            training.Train(InteractionTable.Of(data.Titles, rows, moments, dating: dating), data.Texts, HiddenPart.Latest);
            return training.Judged;
        }
    }

    [Fact]
    public void What_is_hidden_is_not_popular_by_the_viewer_of_whom_it_is_hidden()
    {
        float[] ages = [4, 3, 2, 1, 0];
        History[] rows = [History.Of([3, 1, 2, 0, 4])];
        var table = InteractionTable.Of(5, rows, newest: [1], dating: WatchedOnce.Of(5, rows, [ages], halfLife: 1, chosen: [1]));
        var (shown, cases) = HoldOut.Of(table, HiddenPart.Latest, 1, 1);
        Assert.Equal([1], Assert.Single(cases).Hidden);
        Assert.Equal(new(default, 3, 0), cases[0].Occasion);
        Assert.Equal([4, 2, 1, 0], shown.AgesOf(0).ToArray());
        Assert.Equal([1 / 2f, 0, 1 / 4f, 1 / 16f, 1], shown.Popularity());
        Assert.False(HoldOut.Of(InteractionTable.Of(5, [History.Of([3, 1, 2, 0, 4])]), HiddenPart.Latest, 1, 1).Shown.IsDated);
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
