using System.Globalization;
using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Rows;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Recommend.Bench;

/// <summary>Pages with all rows as the portal makes them, of a catalog that has as many titles as the model knows and some that came since. What documents
/// are read for is given: what was watched, and no opinions.</summary>
internal sealed class ViewerPages
{
    // One in so many came after the training; all were released in so many days, one after the other.
    private const int KnownToUnknown = 1000, Days = 2000;

    private const string Language = "en", Viewer = "0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 20, 0, 0, TimeSpan.Zero);

    private readonly TitleModel _titled;
    private readonly Watcher _watcher;

    public ViewerPages(RecommendationModel model)
    {
        _titled = new([.. Enumerable.Range(0, model.Stages.Titles).Select(IdOf)], model);
        var all = model.Stages.Titles + (model.Stages.Titles / KnownToUnknown);
        var snapshot = CatalogSnapshot.Empty.With(Enumerable.Range(0, all).ToDictionary(IdOf, at => CatalogRow.Of(Published(at, (double)at / all))));
        _watcher = new(
            new() { Id = Viewer, AccountId = Viewer, Role = Roles.Viewer, SecretSha256 = "", CreatedAt = Now, SeenAt = Now, ConfirmedAt = Now, ExpiresAt = Now, EndsAt = Now },
            new() { Id = Viewer, AccountId = Viewer, Place = 1, Content = new(), CreatedAt = Now },
            new(Language, null, CatalogView.Oldest), snapshot.ViewOf(null, Now));
    }

    public IReadOnlyList<RecommendationRow> Of(History known, Moment moment)
    {
        var works = WatchedWorks.Of(Enumerable.Range(0, known.Length).Select(at => Played(IdOf(known.Titles.Span[at]), known.Weights.Span[at], Now.AddHours(at - known.Length))));
        var signals = new Signals(works, Opinions.None);
        var page = new RowPage(new(_watcher, works.InOrder.Select(work => work.Id).ToHashSet(StringComparer.Ordinal), [], signals.Dismissed), signals, Now);
        page.AddRanked(_titled, RowOrder.Ranked, moment);
        page.AddPopular(Language);
        page.AddPopular(null);
        page.AddWatchAgain();
        page.AddAnything();
        return page.Rows;
    }

    private static string IdOf(int at) => at.ToString("x16", CultureInfo.InvariantCulture);

    private static Title Published(int at, double share) => new()
    {
        Id = IdOf(at), OwnerId = "bench", Publication = Publication.Released, ReleaseAt = Now.AddDays(Days * (share - 1)), CreatedAt = Now, ChangedAt = Now, Revision = 1,
        Popularity = at % 1000,
        Content = new()
        {
            Kind = Kinds.Movie, OriginalLanguage = Language, Genres = [], Tags = [], Countries = [], Windows = [], People = [], Rating = new(0),
            Texts = new Dictionary<string, TitleText?> { [Language] = new($"Title {at}", null) },
        },
    };

    private static Play Played(string title, double share, DateTimeOffset at) => new()
    {
        Id = title, AccountId = Viewer, ProfileId = Viewer, TitleId = title, Kind = Kinds.Movie, StartedAt = at, SeenAt = at, ClosedAt = at, State = PlayState.Ended,
        DurationSeconds = 1, WatchedSeconds = share,
    };
}
