using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class SiteDataTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Episodes_count_for_their_series_and_looking_in_for_nothing()
    {
        var works = WatchedWorks.Of([Played("e2", 2, 0.6, "season", "series"), Played("movie", 1, 0.9), Played("e1", 0, 0.7, "season", "series"), Played("other", 3, 0.01)]);
        Assert.Equal([("movie", 0.9), ("series", 1)], works.InOrder.Select(work => (work.Id, work.Share)));
        var (history, moments) = works.Placed(id => id == "series" ? 7 : null);
        Assert.Equal([7], history.Titles.ToArray());
        Assert.Equal([1f], history.Weights.ToArray());
        Assert.Equal([new Moment(3, 1)], moments);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0)", 3)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148", 2)]
    [InlineData("Mozilla/5.0 (Linux; Android 15; SM-X710)", 2)]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537.36", 1)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", 0)]
    [InlineData("", 0)]
    public void Devices_are_known_by_what_they_say(string userAgent, int kind) => Assert.Equal(kind, DeviceKinds.Of(userAgent));

    [Theory]
    [InlineData(100, 0.1, 0.2, 0, 0.2, true)]
    [InlineData(100, 0.1, 0.2, 0, 0.3, false)]
    [InlineData(100, 0.1, 0.2, 0.3, 0.3, true)]
    [InlineData(100, 0.2, 0.1, 0, null, false)]
    [InlineData(100, 0.2, 0.1, 0.2, null, true)]
    [InlineData(19, 0.1, 0.2, 0.3, null, false)]
    public void A_model_that_is_worse_than_popularity_or_much_worse_than_before_is_refused(int viewers, double popular, double blended, double ranked, double? before, bool isGood) =>
        Assert.Equal(isGood, ModelGate.Refusal(new(viewers, popular, blended, ranked), before is null ? null : new Judgement(100, 0, before.Value, 0), new()) is null);

    private static Play Played(string title, int hour, double share, params string[] partOf) => new()
    {
        Id = title, AccountId = "a", ProfileId = "p", TitleId = title, Kind = partOf.Length > 0 ? "episode" : "movie", PartOf = partOf, StartedAt = Start.AddHours(hour),
        SeenAt = Start, DurationSeconds = 100, WatchedSeconds = 100 * share, Device = "iPhone",
    };
}
