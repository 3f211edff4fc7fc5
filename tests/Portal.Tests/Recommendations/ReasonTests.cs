using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>Reasons by a blend in which every stage weighs about as much: a fitted one may leave some out, and nothing would show that their part is wrong.</summary>
[Collection(TrainedOnPlanted.Collection)]
public sealed class ReasonTests
{
    private const int Shown = 20;

    private readonly TrainedOnPlanted _planted;
    private readonly RecommendationModel _model;

    public ReasonTests(TrainedOnPlanted planted)
    {
        _planted = planted;
        var (scores, spreads) = (new StageScores(planted.Data.Titles), new float[StageScores.Stages]);
        foreach (var test in planted.Tests[..50])
        {
            planted.Model.Stages.Score(test.Known, scores);
            foreach (var stage in Enum.GetValues<Stage>()) spreads[(int)stage] += TensorPrimitives.StdDev<float>(scores.Of(stage));
        }

        _model = planted.Model with { Blend = new([.. spreads.Select(spread => 50 / spread)], 3) };
    }

    [Fact]
    public void Every_stage_has_its_part_in_what_is_tested() => Assert.All(_model.Blend.Weights, weight => Assert.True(weight > 0 && float.IsFinite(weight)));

    [Fact]
    public void Reasons_are_true_whichever_stage_they_come_of_and_however_much_was_watched()
    {
        var random = new Random(5);
        AssertTrue(_planted.Tests[..60].Select(test => Weighted(test.Known.Titles, random)), atLeast: 900);
    }

    // What lies before the 200 latest is not looked at, but for the one that comes in where another is left out.
    [Fact]
    public void Reasons_are_true_of_longer_histories_than_a_request_looks_at()
    {
        var (random, titles) = (new Random(3), Enumerable.Range(0, _planted.Data.Titles).ToArray());
        int[] lengths = [StageSet.LongestHistory - 1, StageSet.LongestHistory, StageSet.LongestHistory + 1, StageSet.LongestHistory + 2, 260];
        AssertTrue(
            lengths.Concat(lengths).Select(length =>
            {
                random.Shuffle(titles);
                return Weighted(titles[..length].ToArray(), random) with { Disliked = new[] { titles[^1] } };
            }),
            atLeast: 120);
    }

    [Fact]
    public void Reasons_are_true_beside_wishes()
    {
        var random = new Random(7);
        AssertTrue(_planted.Tests[..20].Select(test => Weighted(test.Known.Titles, random) with { Wished = 3 }), atLeast: 200);
    }

    private static History Weighted(ReadOnlyMemory<int> titles, Random random) =>
        new(titles, Enumerable.Range(0, titles.Length).Select(_ => 0.05f + (1.45f * random.NextSingle())).ToArray());

    // Without the reason the score falls, by as much as is said; and nothing that is only wished for is one.
    private void AssertTrue(IEnumerable<History> histories, int atLeast)
    {
        var (scores, reasons) = (new StageScores(_planted.Data.Titles), 0);
        foreach (var history in histories)
        {
            var titles = _model.Blended(history, scores, Shown);
            var finder = new Reasons(_model, history, titles);
            foreach (var title in titles)
            {
                var before = _planted.ScoreOf(_model, history, title);
                if (finder.Of(title) is not { } reason) continue;
                reasons++;
                Assert.True(history.Seen.Span.Contains(reason.Title));
                var fall = before - _planted.ScoreOf(_model, history.Without(reason.Title), title);
                Assert.True(fall > 0, $"{reason} of {title}");
                Assert.Equal(fall, reason.Fall, 2e-4 * (1 + Math.Abs(before)));
            }
        }

        Assert.True(reasons >= atLeast, $"{reasons} reasons");
    }
}
