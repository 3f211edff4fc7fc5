using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>A variant's pages are those of the model that it names, or are not counted as its own.</summary>
public sealed class ComparedModelTests(TrainingPortal site) : IClassFixture<TrainingPortal>
{
    private const string Path = "/api/recommendation-experiment";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_variant_is_of_the_model_that_was_there_at_the_start_or_its_pages_are_not_counted_as_its_own()
    {
        await StartAsync("orders", "current", "current");
        Assert.Equal((null, null, "all"), await ShownAsync("second"));

        var first = await TrainedAsync();
        var refused = await PutAsync("models", "current", "previous");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("no_model_before", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        Assert.Equal("orders", (await site.Service<ExperimentStore>().ReadAsync(Ct))!.Name);

        var second = await TrainedAsync();
        await StartAsync("models", "current", "previous");
        // Until this node has read the model before.
        Assert.Equal((second, null, "all"), await ShownAsync("second"));
        await RefreshAsync();
        Assert.Equal((second, "models", "first"), await ShownAsync("first"));
        Assert.Equal((first, "models", "second"), await ShownAsync("second"));

        Assert.Equal(HttpStatusCode.OK, (await site.Portal.Admin.PostAsync("/api/recommendation-model/rollback", null, Ct)).StatusCode);
        await RefreshAsync();
        Assert.Equal((second, "models", "first"), await ShownAsync("first"));
        Assert.Equal((first, "models", "second"), await ShownAsync("second"));
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync("models", "current", "previous")).StatusCode);

        // In place of what was gone back to, once that is not held any more.
        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync("/api/recommendation-model/hold", Ct)).StatusCode);
        var third = await TrainedAsync();
        Assert.Equal((third, null, "all"), await ShownAsync("first"));
        Assert.Equal((first, "models", "second"), await ShownAsync("second"));
    }

    /// <summary>When the model of a page was made, and as what the page is kept, of somebody of a variant.</summary>
    private async Task<(DateTimeOffset? ModelFrom, string? Experiment, string Variant)> ShownAsync(string variant)
    {
        var experiment = (await site.Service<ExperimentStore>().ReadAsync(Ct))!;
        while (true)
        {
            var person = await Person.RegisteredAsync(site.Portal);
            var profile = await person.EnterAsync();
            if (experiment.VariantOf(profile).Name != variant) continue;
            var page = await person.ReadAsync("/api/recommendations");
            await site.Service<ExposureLog>().WriteAsync(Ct);
            var kept = await site.Service<ExposureStore>().OfProfileAsync(profile, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Ct).SingleAsync(Ct);
            Assert.Equal(page.GetProperty("modelFrom").ValueKind == JsonValueKind.Null ? null : page.GetProperty("modelFrom").GetDateTimeOffset(), kept.Value.ModelFrom);
            return (kept.Value.ModelFrom, kept.Value.Experiment, kept.Value.Variant);
        }
    }

    private async Task<DateTimeOffset> TrainedAsync()
    {
        site.Portal.Clock.Leap(TimeSpan.FromDays(1));
        await site.Job().TrainAsync(Ct);
        await RefreshAsync();
        return site.Portal.Clock.GetUtcNow();
    }

    private Task RefreshAsync() => site.Service<CurrentModel>().RefreshAsync(Ct);

    private async Task StartAsync(string name, string first, string second) => Assert.Equal(HttpStatusCode.OK, (await PutAsync(name, first, second)).StatusCode);

    private Task<HttpResponseMessage> PutAsync(string name, string first, string second) => site.Portal.Admin.PutAsJsonAsync(
        Path, new { name, variants = new[] { ("first", first), ("second", second) }.Select(variant => new { name = variant.Item1, order = "ranked", model = variant.Item2, percent = 50 }) }, Ct);
}
