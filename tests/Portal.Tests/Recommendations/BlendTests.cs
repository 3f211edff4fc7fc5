using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class BlendTests
{
    private const int Titles = 20, Known = 5, Hidden = 6;

    // Who watched 0 to 4 and then 5 watched 6 next. Of 5 all of these are likely, those before most; 7, 8 and 9 are more popular than any of them.
    [Fact]
    public void What_was_watched_before_a_short_history_takes_no_place_in_the_fit()
    {
        var stages = Stages();
        var history = History.Of([0, 1, 2, 3, 4, Known]);
        // The first of two cases is looked at with its whole history, and no stage finds what it hides.
        var cases = new Case[] { new(history, [Titles - 1], default), new(history, [Hidden], default) };
        var model = new RecommendationModel(stages, BlendFit.Fit(stages, cases), null);
        Assert.Equal([Hidden], model.Blended(cases[1].OfLatest(1).Known, new(Titles), 1));
    }

    private static StageSet Stages()
    {
        var options = new TrainingOptions();
        var (none, likely) = (Enumerable.Repeat<(int, float)[]?>(null, Titles).ToArray(), Enumerable.Repeat<(int, float)[]?>(null, Titles).ToArray());
        for (var title = 0; title < Hidden; title++)
            if (title != Known) likely[title] = [(Known, 2)];
        likely[Hidden] = [(Known, 1)];
        int[] viewers = [.. Enumerable.Range(0, Titles).Select(title => title is > Hidden and <= Hidden + 3 ? 100 - title : title <= Hidden ? 50 : 0)];
        return new()
        {
            Options = options, Items = SparseRows.OfColumns(none, Titles), Next = SparseRows.OfColumns(likely, Titles), Neighbours = SparseRows.OfColumns(none, Titles),
            Factors = new(new float[Titles * options.Factors], options), Viewers = viewers, Popularity = InteractionTable.PopularityOf(viewers),
            Moments = new(new float[Titles * Moment.Count]),
        };
    }
}
