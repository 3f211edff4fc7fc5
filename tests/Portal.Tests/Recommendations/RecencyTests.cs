using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>Of times it is planted that whoever has not been there for long wants what is new, and whoever was there lately what is like it.</summary>
public sealed class RecencyTests
{
    private const int Titles = 200, Groups = 8, Days = 300, Long = 10, New = 15;

    private static readonly ContentText[] Texts =
        [.. Enumerable.Range(0, Titles).Select(title => new ContentText($"Title {title}", "", [$"genre {title % Groups}"], [], []))];

    private static readonly DateTimeOffset Latest = WatchedOnce.Latest;

    [Fact]
    public void The_ranker_learns_what_viewers_want_who_come_back()
    {
        var table = Watched();
        var (shown, cases) = HoldOut.Of(table, HiddenPart.Latest, 2000, 1);
        var stages = new StageTraining(TrainedOnPlanted.Options, null).Train(shown, ContentFeatures.Of(Texts));
        Assert.Equal(Latest, stages.First!.Latest);
        var (learning, judging) = (cases[..1500], cases[1500..]);
        var blend = BlendFit.Fit(stages, learning);
        var difference = Bootstrap.OfDifference(Ndcg(knowsTimes: true), Ndcg(knowsTimes: false));
        TestContext.Current.TestOutputHelper!.WriteLine($"NDCG@10 {difference}");
        Assert.True(difference.Low > 0, $"NDCG@10 {difference}");

        double[] Ndcg(bool knowsTimes)
        {
            var model = new RecommendationModel(stages, blend, RankerTraining.Train(stages, blend, [.. learning.Select(one => As(one, knowsTimes))], TrainedOnPlanted.Options));
            var scores = new StageScores(Titles);
            return [.. judging.Select(one => RankMeasures.Ndcg([.. model.Rank(one.Known, As(one, knowsTimes).Occasion, scores, one.Choice(stages.First)).Take(10)], one.Hidden, 10))];
        }
    }

    [Fact]
    public void What_comes_later_takes_no_place_in_what_is_judged()
    {
        var (shown, cases) = HoldOut.Of(Watched(), HiddenPart.Latest, 500, 1);
        var stages = new StageTraining(TrainedOnPlanted.Options, null).Train(shown, ContentFeatures.Of(Texts));
        var model = new RecommendationModel(stages, BlendFit.Fit(stages, cases), null);
        var (then, ever) = (Judgement.Of(model, cases), Judgement.Of(model, [.. cases.Select(one => As(one, knowsTimes: false))]));
        Assert.True(then.Popular > ever.Popular && then.Blended > ever.Blended, $"popular {then.Popular} and {ever.Popular}, blended {then.Blended} and {ever.Blended}");
        Assert.True(then.Newcomers!.Popular > ever.Newcomers!.Popular, $"of newcomers {then.Newcomers} and {ever.Newcomers}");
        Assert.Null(As(cases[0], knowsTimes: false).Choice(stages.First));
    }

    [Fact]
    public void What_is_asked_now_is_told_by_the_clock_of_the_model()
    {
        var first = new FirstWatched([30, FirstWatched.Never, 0], Latest);
        var occasion = Occasion.At(first, new(1, 2), Latest.AddDays(2), Latest.AddDays(-3));
        Assert.Equal(new(new(1, 2), -2, 3), occasion);
        Assert.Equal(5, occasion.Idle);
        Assert.Equal([32f, null, 2f], Enumerable.Range(0, 3).Select(title => first.SinceAt(title, occasion.Age!.Value)));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(title => first.WasThere(title, 20)));
        Assert.Null(Occasion.At(first, default, Latest, null).Idle);
        Assert.Equal(new(new(1, 2)), Occasion.At(null, new(1, 2), Latest, Latest));
    }

    private static Case As(Case one, bool knowsTimes) => knowsTimes ? one : one with { Occasion = new(one.Occasion.Moment) };

    private static InteractionTable Watched()
    {
        var random = new Random(5);
        var (rows, ages) = (new List<History>(), new List<float[]>());
        for (var viewer = 0; viewer < 2500; viewer++)
        {
            var (group, day, titles, days) = (random.Next(Groups), random.NextDouble() * 100, new List<int>(), new List<float>());
            while (true)
            {
                var idle = random.NextDouble() < 0.5 ? random.NextDouble() : Long + (random.NextDouble() * 2 * Long);
                day += idle;
                if (day > Days) break;
                if (Chosen(idle, day, group) is { } title && !titles.Contains(title))
                {
                    titles.Add(title);
                    days.Add((float)(Days - day));
                }
            }

            if (titles.Count < HoldOut.ShortestHistory) continue;
            rows.Add(History.Of([.. titles]));
            ages.Add([.. days]);
        }

        // A title of each group comes every twelve days.
        int? Chosen(double idle, double day, int group)
        {
            var there = Enumerable.Range(0, Titles).Where(title => title * 1.5 <= day).ToArray();
            var wanted = idle > Long ? there.Where(title => title * 1.5 > day - New).ToArray() : [.. there.Where(title => title % Groups == group)];
            return wanted.Length == 0 ? null : wanted[random.Next(wanted.Length)];
        }

        return InteractionTable.Of(Titles, rows, [.. rows.Select(row => new Moment[row.Length])], dating: WatchedOnce.Of(Titles, rows, ages, halfLife: 7));
    }
}
