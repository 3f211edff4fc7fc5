using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Json;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>An administrator goes back to a model, which stays until that is taken back.</summary>
public sealed class RollBackTests(TrainingPortal site) : IClassFixture<TrainingPortal>
{
    private const string Path = "/api/recommendation-model", Back = $"{Path}/rollback", Hold = $"{Path}/hold";

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_model_that_is_kept_can_hold_again_and_no_training_replaces_it_until_it_is_released()
    {
        var made = new List<ModelVersion>();
        for (var model = 0; model < 4; model++) made.Add((await TrainedAsync()).Current!);
        var shown = await ShownAsync();
        Assert.Equal((made[3].Key, made[2].Key, made[1].Key), (KeyOf(shown, "current"), KeyOf(shown, "previous"), Assert.Single(shown.GetProperty("older").EnumerateArray()).GetProperty("key").GetString()));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("heldSince").ValueKind);
        Assert.Null(await site.Service<IBlobs>().FindAsync(made[0].Key, Ct));

        await Problems.IsAsync(await site.Portal.Admin.PostAsJsonAsync(Back, new { made[0].Key }, Ct), HttpStatusCode.NotFound, "model_not_kept");
        Assert.Empty(await AuditedAsync(made[0].Key));

        // Begun before an administrator goes back, it ends after that.
        site.Portal.Clock.Leap(TimeSpan.FromDays(1));
        var (before, blobs) = (await site.Models.FindAsync(Ct), await BlobsAsync());
        await site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), () => BackAsync(made[1].Key).GetAwaiter().GetResult())).TrainAsync(Ct);
        var held = await site.Models.FindAsync(Ct);
        Assert.Equal($"{made[1].Key},{made[3].Key},{made[2].Key}", string.Join(',', held.Versions().Select(version => version.Key)));
        Assert.Equal((site.Portal.Clock.GetUtcNow(), before.TriedAt), (held.HeldSince, held.TriedAt));
        Assert.Equal(blobs, await BlobsAsync());
        Assert.Equal("recommendations.rollback", Assert.Single(await AuditedAsync(made[1].Key)));
        Assert.Equal(held.HeldSince, (await ShownAsync()).GetProperty("heldSince").GetDateTimeOffset());
        await site.Service<CurrentModel>().RefreshAsync(Ct);
        Assert.Equal(made[1].Key, KeyOf(await ShownAsync(), "inUse"));

        site.Portal.Clock.Leap(TimeSpan.FromDays(3));
        await site.Job().TrainAsync(Ct);
        Assert.Equal(held.Tried, (await site.Models.FindAsync(Ct)).Tried);

        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync(Hold, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync(Hold, Ct)).StatusCode);
        Assert.Equal(["recommendations.release", "recommendations.release"], await AuditedAsync(PublishedModel.Id));
        Assert.Equal(JsonValueKind.Null, (await ShownAsync()).GetProperty("heldSince").ValueKind);
        await site.Job().TrainAsync(Ct);
        var next = await site.Models.FindAsync(Ct);
        Assert.Equal((site.Portal.Clock.GetUtcNow(), made[1]), (next.Current!.TrainedAt, next.Previous));
        Assert.Equal([made[3]], next.Older);
    }

    [Fact]
    public void Without_a_key_the_two_change_places_and_the_latest_is_not_held()
    {
        var published = Made(3);
        var back = published.GoingTo(published.Previous!.Key, Start)!;
        Assert.Equal("2*,3,1", Text(back));
        Assert.Equal("3,2,1", Text(back.GoingTo(back.Previous!.Key, Start)!));
        Assert.Equal("2*,3,1", Text(back.GoingTo("2", Start.AddDays(1))!));
        Assert.Equal(Start, back.GoingTo("1", Start.AddDays(1))!.HeldSince);
        Assert.Equal("1*,2,3", Text(back.GoingTo("1", Start)!));
        Assert.Null(published.GoingTo("none", Start));
        Assert.Null(new PublishedModel().GoingTo("none", Start));
    }

    [Theory]
    [InlineData(2, "5,4")]
    [InlineData(3, "5,4,3")]
    [InlineData(10, "5,4,3,2,1")]
    public void As_many_are_kept_as_are_wanted(int most, string kept) => Assert.Equal(kept, Text(Made(4).Publishing(Version(5), most)));

    [Fact]
    public void What_was_stored_while_two_were_kept_is_read_and_gone_back_in()
    {
        string Stored(int model) =>
            $$$"""{"key":"{{{model}}}","trainedAt":"2026-03-0{{{model}}}T00:00:00+00:00","watched":9,"judged":{"viewers":9,"popular":0,"blended":0,"ranked":0}}""";
        var published = JsonSerializer.Deserialize<PublishedModel>(
            $$"""{"current":{{Stored(2)}},"previous":{{Stored(1)}},"triedAt":"2026-03-02T00:00:00+00:00","refused":null,"tried":[]}""", PlatformJson.Options)!;
        Assert.Equal("2,1", Text(published));
        Assert.Equal("1*,2", Text(published.GoingTo("1", Start)!));
    }

    private static PublishedModel Made(int models) =>
        Enumerable.Range(1, models).Aggregate(new PublishedModel(), (published, number) => published.Publishing(Version(number), 10));

    private static ModelVersion Version(int number) => new($"{number}", Start.AddDays(number), 1000, Judgement.None);

    private static string Text(PublishedModel published) =>
        string.Join(',', published.Versions().Select((version, at) => at == 0 && published.HeldSince is not null ? $"{version.Key}*" : version.Key));

    private static string? KeyOf(JsonElement shown, string name) => shown.GetProperty(name) is { ValueKind: JsonValueKind.Object } model ? model.GetProperty("key").GetString() : shown.GetProperty(name).GetString();

    private async Task<PublishedModel> TrainedAsync()
    {
        site.Portal.Clock.Leap(TimeSpan.FromDays(1));
        await site.Job().TrainAsync(Ct);
        var now = await site.Models.FindAsync(Ct);
        Assert.Equal((site.Portal.Clock.GetUtcNow(), (string?)null), (now.Current!.TrainedAt, now.Refused));
        return now;
    }

    private async Task BackAsync(string key) => Assert.Equal(HttpStatusCode.OK, (await site.Portal.Admin.PostAsJsonAsync(Back, new { key }, Ct)).StatusCode);

    private Task<JsonElement> ShownAsync() => site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);

    private async Task<string[]> BlobsAsync() => await site.Service<IBlobs>().ListAsync("recommendations/", Ct).Select(blob => blob.Key).ToArrayAsync(Ct);

    private async Task<IReadOnlyList<string?>> AuditedAsync(string subject) =>
        [.. (await site.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject={Uri.EscapeDataString(subject)}", Ct)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("action").GetString())];
}
