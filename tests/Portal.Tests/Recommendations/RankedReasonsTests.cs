using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>Reasons by a blend in which every stage counts, of histories of every kind.</summary>
[Collection(TrainedOnPlanted.Collection)]
public sealed class RankedReasonsTests(TrainedOnPlanted planted)
{
    private readonly StageScores _scores = new(planted.Data.Titles);

    private RecommendationModel Model => planted.Model with { Blend = new(Weighed(planted.Model.Blend.Weights), planted.Model.Blend.PriorHalf) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_the_reason_given_a_title_scores_lower_by_the_blend_and_by_the_ranker(bool isLong)
    {
        var (named, others, tiles) = (0, 0, 0);
        foreach (var (history, occasion) in isLong ? Long() : planted.Tests[..40].Select(Mixed))
        {
            var (ranked, given) = Model.Ranked(history, occasion, _scores);
            var (reasons, blended) = (new RankedReasons(Model, history, occasion, ranked, given), new Reasons(Model, history, ranked));
            foreach (var (title, at) in ranked[..30].Select((title, at) => (title, at)))
            {
                tiles++;
                if (reasons.Of(title) is not { } reason) continue;
                named++;
                if (reason != blended.Of(title)?.Title) others++;
                var without = history.Without(reason) with { Past = new[] { reason } };
                var before = Reasons.ScoreOf(Model, history, title);
                var alike = Model.Blended(without, _scores, planted.Data.Titles).Where(ranked.Contains).ToArray();
                Assert.True(_scores.Total[title] < before, $"blend: {title} without {reason} {_scores.Total[title]}, with it {before}");
                var after = Model.RankerScores(without, occasion, _scores, alike)![Array.IndexOf(alike, title)];
                Assert.True(after < given![at], $"ranker: {title} without {reason} {after}, with it {given[at]}");
                Assert.Contains(reason, history.Seen.ToArray());
            }
        }

        // Most have one, and of some it is not what the blend alone would name.
        Assert.True(named > 0.7 * tiles && others > 0, $"{named} of {tiles}, {others} others");
    }

    [Fact]
    public void The_only_title_that_was_watched_is_a_reason_by_the_blend_alone()
    {
        foreach (var test in planted.Tests[..20])
        {
            var history = test.Known.Last(1);
            var (ranked, given) = Model.Ranked(history, test.Occasion, _scores);
            var (reasons, blended) = (new RankedReasons(Model, history, test.Occasion, ranked, given), new Reasons(Model, history, ranked));
            Assert.Contains(ranked, title => reasons.Of(title) is not null);
            Assert.All(ranked, title => Assert.Equal(blended.Of(title)?.Title, reasons.Of(title)));
        }
    }

    private static float[] Weighed(float[] weights) => [.. weights.Select(weight => weight > 0 ? weight : weights.Where(other => other > 0).Min())];

    // Two that are wished for first, one that is disliked, and weights as of what is watched in part and loved.
    private (History History, Occasion Occasion) Mixed(Case test, int at)
    {
        var random = new Random(at);
        var open = Enumerable.Range(0, planted.Data.Titles).Except(test.Known.Titles.ToArray()).ToArray();
        random.Shuffle(open);
        int[] titles = [.. open[..2], .. test.Known.Titles.Span];
        float[] weights = [0.2f, 0.2f, .. Enumerable.Range(2, titles.Length - 2).Select(_ => 0.05f + (1.45f * random.NextSingle()))];
        var stated = new StatedTaste([.. Enumerable.Range(0, planted.Data.Titles).Select(title => title % 3 == 0 ? StatedMatch.Genre : StatedMatch.None)]);
        return (new(titles, weights) { Wished = 2, Disliked = new[] { open[2] }, Stated = stated }, test.Occasion);
    }

    // About as many as a request looks at, and more.
    private IEnumerable<(History History, Occasion Occasion)> Long()
    {
        var (titles, random) = (Enumerable.Range(0, planted.Data.Titles).ToArray(), new Random(3));
        foreach (var length in new[] { 199, 200, 201, 202, 250 })
        {
            random.Shuffle(titles);
            yield return (new(titles.Take(length).ToArray(), Enumerable.Range(0, length).Select(_ => 0.05f + (1.45f * random.NextSingle())).ToArray()) { Disliked = new[] { titles[^1] } }, new(new(1, 2)));
        }
    }
}
