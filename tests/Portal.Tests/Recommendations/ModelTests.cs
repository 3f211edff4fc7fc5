using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

[Collection(TrainedOnPlanted.Collection)]
public sealed class ModelTests(TrainedOnPlanted planted)
{
    private static readonly float[] OneWish = [0.2f];

    private RecommendationModel Model => planted.Model;

    [Fact]
    public void The_blend_is_no_worse_than_its_best_stage()
    {
        var blend = planted.Ndcg((test, scores) => Model.Blended(test.Known, scores, 10));
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var difference = Bootstrap.OfDifference(blend, planted.Ndcg((test, scores) => planted.Alone(stage, test, scores)));
            Assert.True(difference.High >= 0, $"{stage}: NDCG@10 {difference}");
        }
    }

    [Fact]
    public void The_ranker_beats_the_blend()
    {
        Assert.NotNull(Model.Ranker);
        var difference = Bootstrap.OfDifference(planted.Ndcg((test, scores) => Model.Rank(test.Known, test.Occasion, scores)),
            planted.Ndcg((test, scores) => Model.Blended(test.Known, scores, 10)));
        Assert.True(difference.Low > 0, $"NDCG@10 {difference}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_viewer_of_whom_little_is_known_fares_no_worse_than_with_popularity(int known)
    {
        var tests = planted.Tests.Select(test => test.OfLatest(known)).ToArray();
        var popular = planted.Ndcg((test, scores) => planted.Alone(Stage.Popularity, test, scores), tests);
        foreach (var order in new Func<Case, StageScores, int[]>[]
            { (test, scores) => Model.Blended(test.Known, scores, 10), (test, scores) => Model.Rank(test.Known, test.Occasion, scores) })
        {
            var difference = Bootstrap.OfDifference(planted.Ndcg(order, tests), popular);
            Assert.True(known == 0 ? difference is { Low: 0, High: 0 } : difference.Low > 0, $"NDCG@10 {difference}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_viewer_of_whom_little_is_known_fares_better_with_the_ranker_than_with_the_blend(int known)
    {
        var tests = planted.Tests.Select(test => test.OfLatest(known)).ToArray();
        var difference = Bootstrap.OfDifference(planted.Ndcg((test, scores) => Model.Rank(test.Known, test.Occasion, scores), tests),
            planted.Ndcg((test, scores) => Model.Blended(test.Known, scores, 10), tests));
        Assert.True(difference.Low > 0, $"NDCG@10 {difference}");
    }

    [Fact]
    public void The_weight_of_popularity_falls_with_what_is_known()
    {
        var weights = Enumerable.Range(0, 50).Select(known => Model.Blend.WeightOf(Stage.Popularity, known)).ToArray();
        Assert.True(weights[0] > 0);
        Assert.All(weights.Zip(weights[1..]), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void Nothing_that_was_watched_or_is_not_allowed_is_recommended()
    {
        var scores = new StageScores(planted.Data.Titles);
        foreach (var test in planted.Tests[..100])
        {
            var ranked = Model.Rank(test.Known, test.Occasion, scores, title => title % 3 != 0);
            Assert.Equal(RecommendationModel.Candidates, ranked.Length);
            Assert.Equal(ranked.Length, ranked.Distinct().Count());
            Assert.DoesNotContain(ranked, title => title % 3 == 0 || test.Known.Titles.Span.Contains(title));
        }
    }

    [Fact]
    public void A_finished_watch_changes_the_next_list_without_training()
    {
        var scores = new StageScores(planted.Data.Titles);
        var history = planted.Tests[0].Known;
        var before = Model.Rank(history, default, scores);
        var watched = Enumerable.Range(0, planted.Data.Titles).First(title =>
            Model.Stages.Viewers[title] > 100 && !before.Contains(planted.Data.SuccessorOf(title)) && !history.Titles.Span.Contains(title));
        Assert.Contains(planted.Data.SuccessorOf(watched), Model.Rank(History.Of([.. history.Titles.Span, watched]), default, scores)[..10]);
    }

    // What somebody would state is read from the first half of what was watched, and the second is what is to be found.
    [Fact]
    public void Favourite_genres_alone_do_better_than_popularity_and_wrong_ones_hardly_worse()
    {
        var random = new Random(1);
        string GenreOf(int title) => planted.Data.Texts[title].Genres[0];
        var genres = Enumerable.Range(0, planted.Data.Titles).Select(GenreOf).Distinct().Order(StringComparer.Ordinal).ToArray();
        IEnumerable<string> Own(Case test) => test.Known.First(test.Known.Length / 2).Titles.ToArray().GroupBy(GenreOf).OrderByDescending(group => group.Count()).Select(group => group.Key);
        Case[] tests = [.. planted.Tests.Select(test => test with { Hidden = test.Known.Titles[(test.Known.Length / 2)..].ToArray() })];
        Func<int, bool> Later(Case test) => title => !test.Known.First(test.Known.Length / 2).Titles.Span.Contains(title);
        var popular = planted.Ndcg((test, scores) => Model.Blended(History.Empty, scores, 10, Later(test)), tests);
        Interval Gain(Func<Case, IEnumerable<string>> favourites) => Bootstrap.OfDifference(
            planted.Ndcg((test, scores) => Model.Rank(History.Empty with { Stated = Favouring(favourites(test).Take(2)) }, test.Occasion, scores, Later(test)), tests), popular);
        StatedTaste Favouring(IEnumerable<string> favourites)
        {
            var stated = favourites.ToHashSet();
            return new([.. Enumerable.Range(0, planted.Data.Titles).Select(title => stated.Contains(GenreOf(title)) ? StatedMatch.Genre : StatedMatch.None)]);
        }

        var (own, wrong) = (Gain(Own), Gain(test => genres.Except(Own(test).Take(4)).OrderBy(_ => random.Next())));
        Assert.True(own.Low > 0, $"NDCG@10 {own}, wrong {wrong}, popularity {popular.Average()}");
        Assert.True(wrong.Mean > -0.1 * popular.Average(), $"NDCG@10 {wrong}, popularity {popular.Average()}");
        var lifts = Enumerable.Range(0, 20).Select(amount => Favouring(genres).LiftOf(0, amount)).ToArray();
        Assert.All(lifts.Zip(lifts[1..]), pair => Assert.InRange(pair.Second, 1, pair.First));
    }

    [Fact]
    public void What_was_disliked_speaks_against_what_is_like_it()
    {
        var scores = new StageScores(planted.Data.Titles);
        foreach (var test in planted.Tests[..50])
        {
            var disliked = Model.Blended(test.Known, scores, 1)[0];
            var like = Model.Stages.Neighbours.ColumnsOf(disliked).ToArray().Concat(Model.Stages.Items.ColumnsOf(disliked).ToArray()).Distinct()
                .Where(title => !test.Known.Titles.Span.Contains(title) && Model.Stages.Items.Of(disliked, title) > 0 && Model.Stages.Neighbours.Of(disliked, title) > 0).ToArray();
            var after = test.Known with { Disliked = new[] { disliked } };
            foreach (var title in like) Assert.True(ScoreOf(after, title) < ScoreOf(test.Known, title));
            Assert.DoesNotContain(disliked, Model.Rank(after, test.Occasion, scores));
        }
    }

    [Fact]
    public void What_is_wished_for_speaks_for_what_is_like_it_is_no_reason_and_may_come_itself()
    {
        var (scores, shown) = (new StageScores(planted.Data.Titles), 0);
        foreach (var test in planted.Tests[..50])
        {
            var wish = Model.Blended(test.Known, scores, 1)[0];
            var wished = new History(new[] { wish }, OneWish) { Wished = 1 };
            var successor = planted.Data.SuccessorOf(wish);
            // But for popularity, which counts less as soon as anything is known.
            var own = Model with { Blend = Model.Blend.WithoutPopularity() };
            Assert.True(planted.ScoreOf(own, wished, successor) > planted.ScoreOf(own, History.Empty, successor));
            Assert.Null(new Reasons(Model, wished, [successor]).Of(successor));
            var both = new History((int[])[wish, .. test.Known.Titles.Span], (float[])[.. OneWish, .. test.Known.Weights.Span]) { Wished = 1 };
            Assert.Equal(both.Length - 1, both.Last(both.Length - 1).Seen.Length);
            if (Model.Rank(both, test.Occasion, scores).AsSpan(0, 10).Contains(wish)) shown++;
            Assert.Empty(Model.Rank(both, test.Occasion, scores).Intersect(test.Known.Titles.ToArray()));
        }

        Assert.True(shown > 25, $"{shown} of 50");
    }

    [Fact]
    public void Spreading_a_list_makes_it_less_alike_for_little_of_its_quality()
    {
        var (ranked, spread) = (new List<double>(), new List<double>());
        int[] Ranked(Case test, StageScores scores) => Model.Rank(test.Known, test.Occasion, scores);
        int[] Spread(Case test, StageScores scores) => Diversity.Spread(Model.Stages.Factors, Ranked(test, scores), 10);
        var lost = Bootstrap.OfDifference(planted.Ndcg(Spread), planted.Ndcg(Ranked));
        Assert.True(lost.Mean > -0.02, $"NDCG@10 {lost}");
        var scores = new StageScores(planted.Data.Titles);
        foreach (var test in planted.Tests[..200])
        {
            ranked.Add(Likeness(Ranked(test, scores)[..10]));
            spread.Add(Likeness(Spread(test, scores)));
        }

        var gained = Bootstrap.OfDifference([.. ranked], [.. spread]);
        Assert.True(gained.Low > 0, $"likeness {gained}");
    }

    [Fact]
    public void Without_the_reason_given_a_title_scores_lower()
    {
        var scores = new StageScores(planted.Data.Titles);
        var reasons = 0;
        foreach (var test in planted.Tests[..60])
        {
            var titles = Model.Rank(test.Known, test.Occasion, scores)[..20];
            var finder = new Reasons(Model, test.Known, titles);
            foreach (var title in titles)
            {
                if (finder.Of(title) is not { } reason) continue;
                reasons++;
                Assert.Contains(reason.Title, test.Known.Titles.ToArray());
                var before = ScoreOf(test.Known, title);
                Assert.True(ScoreOf(test.Known.Without(reason.Title), title) < before, $"{reason} of {title}");
            }
        }

        Assert.InRange(reasons, 1000, 1200);
    }

    private float ScoreOf(History history, int title) => planted.ScoreOf(Model, history, title);

    private double Likeness(int[] list) =>
        list.SelectMany((title, at) => list[..at].Select(other => (double)Model.Stages.Factors.Likeness(title, other))).Average();
}
