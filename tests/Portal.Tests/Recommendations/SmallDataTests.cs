using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class SmallDataTests
{
    private static readonly TrainingOptions Options = new() { Factors = 8, FactorEpochs = 2, RankerTrees = 5 };

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void Of_a_few_rows_by_which_nothing_can_be_told_apart_no_ranker_is_made(int viewers)
    {
        var training = new ModelTraining(Options, null);
        var model = training.Train(Watched(viewers, 6), [.. Enumerable.Repeat(ContentText.None, 8)], HiddenPart.Latest);
        Assert.Null(model.Ranker);
        Assert.Equal((int)(viewers * ModelTraining.JudgeShare), training.Judged.Viewers);
    }

    [Fact]
    public void Of_histories_of_which_nothing_can_be_hidden_no_model_is_made()
    {
        var training = new ModelTraining(Options, null);
        Assert.Equal(0, training.JudgesOf(Watched(1000, 4)));
        Assert.Equal(150, training.JudgesOf(Watched(1000, 5)));
        Assert.Equal(1200, training.JudgesOf(Watched(10_000, 5)));
        Assert.Throws<ArgumentException>(() => training.Train(Watched(100, 4), [.. Enumerable.Repeat(ContentText.None, 8)], HiddenPart.Latest));
    }

    [Fact]
    public void What_is_only_wished_for_makes_no_history_longer_and_is_not_hidden()
    {
        var history = History.Of([0, 1, 2, 3, 4, 5, 6, 7]);
        foreach (var (wished, cases) in new[] { (4, 0), (3, 1) })
        {
            var table = InteractionTable.Of(8, [history with { Wished = wished }]);
            Assert.Equal((8, 8 - wished, cases), (table.Count, table.SeenCount, HoldOut.Count(table)));
            for (var seed = 0; seed < 20; seed++)
                foreach (var part in Enum.GetValues<HiddenPart>())
                    foreach (var one in HoldOut.Of(table, part, 1, seed).Cases)
                        Assert.Equal((wished, true), (one.Known.Wished, one.Hidden.All(title => title >= wished)));
        }

        Assert.Equal([3, 4, 5], new Case(history with { Wished = 3 }, [], default).OfLatest(2).Known.Past.ToArray());
        Assert.Empty(new Case(history with { Wished = 3 }, [], default).OfLatest(6).Known.Past.ToArray());
    }

    [Fact]
    public void It_ends_before_its_next_step_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var training = new ModelTraining(Options, null, stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => training.Train(Watched(9, 6), [.. Enumerable.Repeat(ContentText.None, 8)], HiddenPart.Latest));
        Assert.Empty(training.Stages.Took);
    }

    // Of eight titles each viewer has watched some that follow each other.
    private static InteractionTable Watched(int viewers, int titles) => InteractionTable.Of(
        8, [.. Enumerable.Range(0, viewers).Select(viewer => History.Of([.. Enumerable.Range(0, titles).Select(at => (viewer + at) % 8)]))]);
}
