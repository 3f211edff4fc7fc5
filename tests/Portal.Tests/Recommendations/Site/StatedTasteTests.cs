using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Site.Rows;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>What the genres and languages that a profile states do to what is popular.</summary>
[Collection(TrainedOnPlanted.Collection)]
public sealed class StatedTasteTests(TrainedOnPlanted planted)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

    private static readonly string[] Drama = ["drama"];

    // The last came after the training.
    private static readonly Dictionary<string, (string Language, string[] Genres)> Titles = new()
    {
        ["brazilian"] = ("pt-BR", []), ["portuguese"] = ("pt", Drama), ["british"] = ("en-GB", []), ["english"] = ("en", Drama), ["new"] = ("pt", []),
    };

    [Theory]
    [InlineData("pt", "brazilian portuguese")]
    [InlineData("pt-BR", "brazilian portuguese")]
    [InlineData("pt-PT", "brazilian portuguese")]
    [InlineData("en-US", "british english")]
    [InlineData("fr", "")]
    [InlineData("fr en", "british english")]
    public void A_language_lifts_what_was_made_in_it_in_any_region(string languages, string lifted)
    {
        var (stated, titled) = Stated(languages.Split(' '), null);
        Assert.Equal(lifted.Split(' ', StringSplitOptions.RemoveEmptyEntries), titled.TitleIds.Where(id => stated!.LiftOf(titled.PlaceOf(id)!.Value, 0) > 1));
    }

    [Fact]
    public void Each_lifts_by_a_quarter_and_at_three_known_titles_by_half_of_that()
    {
        var (stated, titled) = Stated(["pt"], Drama);
        float[] LiftsAt(float amount) => [.. titled.TitleIds.Select(id => stated!.LiftOf(titled.PlaceOf(id)!.Value, amount))];
        // Brazilian, portuguese, british, english, and one that the catalog does not have any more.
        Assert.Equal([1.25f, 1.5f, 1, 1.25f, 1], LiftsAt(0));
        Assert.Equal([1.125f, 1.25f, 1, 1.125f, 1], LiftsAt(3));
        Assert.Null(Stated([], []).Stated);
        Assert.Null(Stated(null, null).Stated);
    }

    [Fact]
    public void Of_titles_that_are_about_as_popular_the_one_in_the_viewers_language_comes_first()
    {
        var (model, scores) = (planted.Model, new StageScores(planted.Data.Titles));
        var popular = model.Blended(History.Empty, scores, planted.Data.Titles);
        float ShareAt(int place) => model.Stages.Popularity[popular[place]];
        var behind = Enumerable.Range(1, RecommendationModel.Candidates - 1).Where(place => ShareAt(place) < ShareAt(place - 1) && 1.25f * ShareAt(place) > ShareAt(place - 1)).ToArray();
        Assert.True(behind.Length >= 20, $"{behind.Length}");
        foreach (var place in behind[..20])
        {
            StatedTaste stated = new([.. Enumerable.Range(0, planted.Data.Titles).Select(title => title == popular[place] ? StatedMatch.Language : StatedMatch.None)]);
            var after = model.Rank(History.Empty with { Stated = stated }, default, scores);
            Assert.True(Array.IndexOf(after, popular[place]) < Array.IndexOf(after, popular[place - 1]));
        }
    }

    private (StatedTaste? Stated, TitleModel Titled) Stated(string[]? languages, string[]? genres)
    {
        TitleModel titled = new([.. Titles.Keys.Except(["new"]), "gone"], planted.Model);
        var snapshot = CatalogSnapshot.Empty.With(Titles.ToDictionary(title => title.Key, title => CatalogRow.Of(new()
        {
            Id = title.Key, OwnerId = "x", Publication = Publication.Released, ReleaseAt = default(DateTimeOffset), CreatedAt = default, ChangedAt = default, Revision = 1,
            Content = new()
            {
                Kind = Kinds.Movie, OriginalLanguage = title.Value.Language, Texts = new Dictionary<string, TitleText?> { [title.Value.Language] = new(title.Key, null) },
                Genres = title.Value.Genres, Tags = [], Countries = [], People = [], Windows = [], Rating = new(0),
            },
        })));
        Profile profile = new()
        {
            Id = "p", AccountId = "a", Place = 1, CreatedAt = Start, Content = new() { Name = "P", Languages = languages, FavouriteGenres = genres },
        };
        Watcher watcher = new(
            new() { Id = "s", SecretSha256 = "", AccountId = "a", Role = Roles.Viewer, CreatedAt = Start, SeenAt = Start, ConfirmedAt = Start, ExpiresAt = Start, EndsAt = Start },
            profile, new(null, null, 18), snapshot.ViewOf(null, Start));
        return (StatedTastes.Of(watcher, titled), titled);
    }
}
