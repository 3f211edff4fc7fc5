using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlickStream.Ingest.Assets;
using FlickStream.Ingest.Tests.Uploads;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Ingest.Tests.Assets;

/// <summary>The list of assets over real HTTP, with the documents of other services written as those would.</summary>
public sealed class AssetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private IngestHost? _host;

    private IngestHost Host => _host!;

    private IDocumentSet<Presentation> Presentations => Host.Services.GetRequiredService<IDocuments>().Set(Presentation.Schema);

    public async ValueTask InitializeAsync() =>
        _host = await IngestHost.StartAsync(_folder.Path, services => services.AddSingleton<TimeProvider>(_clock));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_accepted_asset_is_encoding_from_the_start()
    {
        await InsertAsync("a", AssetState.Accepted);

        var asset = await GetAsync("a");

        Assert.Equal(("encoding", 0.0, false), ((string?)asset["state"], (double?)asset["progress"], (bool?)asset["playable"]));
    }

    [Theory]
    [InlineData(PresentationState.Encoding, false, "encoding", false)]
    [InlineData(PresentationState.Encoding, true, "encoding", true)]
    [InlineData(PresentationState.Ready, true, "ready", true)]
    [InlineData(PresentationState.Failed, true, "failed", false)]
    [InlineData(PresentationState.Cancelled, false, "cancelled", false)]
    public async Task Its_state_follows_the_presentation(PresentationState state, bool isPlayable, string expected, bool playable)
    {
        await InsertAsync("a", AssetState.Planned);
        await Presentations.InsertAsync("a", NewPresentation(state, isPlayable));
        await Host.Services.GetRequiredService<IDocuments>().Set(EncodingStatus.Schema)
            .InsertAsync("a", new EncodingStatus("job", 0.25, 42.5, 1.5, 1));

        var asset = await GetAsync("a");

        Assert.Equal((expected, playable), ((string?)asset["state"], (bool?)asset["playable"]));
        Assert.Equal(state is PresentationState.Encoding ? 42.5 : null, (double?)asset["etaSeconds"]);
        Assert.Equal(state is PresentationState.Failed ? "encoder_failed" : null, (string?)asset["problem"]?["code"]);
        Assert.Equal("v360", (string?)asset["renditions"]!["video"]![0]!["name"]);
    }

    [Theory]
    [InlineData(null, "failed")]
    [InlineData(PresentationState.Cancelled, "failed")]
    // It has begun since, or plays on by another master.
    [InlineData(PresentationState.Encoding, "encoding")]
    [InlineData(PresentationState.Ready, "ready")]
    public async Task A_master_that_could_not_be_planned_has_failed(PresentationState? state, string expected)
    {
        await InsertAsync("a", AssetState.Planned);
        await Host.Services.GetRequiredService<IDocuments>().Set(Asset.Schema)
            .UpdateAsync("a", a => a with { Problem = new ProblemReport("planning_failed", "It could not be planned.") });
        if (state is { } there) await Presentations.InsertAsync("a", NewPresentation(there, isPlayable: true));

        var asset = await GetAsync("a");

        Assert.Equal((expected, "planning_failed"), ((string?)asset["state"], (string?)asset["problem"]?["code"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_says_whether_there_is_a_poster(bool hasPoster)
    {
        await InsertAsync("a", AssetState.Planned);
        await Presentations.InsertAsync("a", NewPresentation(PresentationState.Encoding, isPlayable: true) with { HasPoster = hasPoster });

        Assert.Equal(hasPoster, (bool?)(await GetAsync("a"))["hasPoster"]);
    }

    [Fact]
    public async Task A_refused_asset_says_why()
    {
        await InsertAsync("a", AssetState.Refused, new ProblemReport("no_video", "There is no picture."));

        var asset = await GetAsync("a");

        Assert.Equal(("refused", "no_video"), ((string?)asset["state"], (string?)asset["problem"]!["code"]));
    }

    [Fact]
    public async Task The_newest_asset_comes_first_and_pages_follow_each_other()
    {
        for (var i = 0; i < 7; i++)
        {
            await InsertAsync($"a{i}", AssetState.Accepted);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["a6", "a5", "a4", "a3", "a2", "a1", "a0"], await SeenAsync("/api/assets?limit=3"));
    }

    [Theory]
    [InlineData("state=inspecting", "new")]
    [InlineData("state=refused", "refused")]
    [InlineData("state=encoding", "planned waiting")]
    [InlineData("state=ready", "ready")]
    [InlineData("state=failed", "")]
    [InlineData("q=%20READ%20", "ready")]
    [InlineData("q=n&state=encoding", "planned waiting")]
    [InlineData("q=%25", "")]
    [InlineData("from=2026-01-01T00:00:02Z", "new ready planned")]
    [InlineData("until=2026-01-01T00:00:02Z", "waiting refused")]
    [InlineData("from=2026-01-01T01:00:01%2B01:00&until=2026-01-01T00:00:03Z&state=encoding", "planned waiting")]
    public async Task Assets_are_found_by_what_is_asked_for_from_page_to_page(string query, string expected)
    {
        string[] ids = ["refused", "waiting", "planned", "ready", "new"];
        AssetState[] states = [AssetState.Refused, AssetState.Accepted, AssetState.Planned, AssetState.Planned, AssetState.Inspecting];
        for (var i = 0; i < ids.Length; i++) await InsertAsync(ids[i], states[i], at: new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero));
        await Presentations.InsertAsync("ready", NewPresentation(PresentationState.Ready, isPlayable: true));

        Assert.Equal(expected, string.Join(' ', await SeenAsync($"/api/assets?limit=1&{query}")));
    }

    [Fact]
    public async Task A_page_of_what_is_rare_ends_after_so_many_others()
    {
        for (var i = 0; i < 30; i++)
        {
            await InsertAsync(i == 0 ? "wanted" : $"a{i}", AssetState.Accepted);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await JsonAsync("/api/assets?limit=1&q=wanted");

        Assert.Empty(first["items"]!.AsArray());
        Assert.NotNull((string?)first["next"]);
        Assert.Equal(["wanted"], await SeenAsync("/api/assets?limit=1&q=wanted"));
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=201", "limit_invalid")]
    [InlineData("?after=nonsense", "bad_cursor")]
    [InlineData("?state=Ready", "asset_state_unknown")]
    [InlineData("?state=", "asset_state_unknown")]
    [InlineData("?q=%20", "filter_invalid")]
    [InlineData("?from=yesterday", "bad_request")]
    public async Task A_page_that_cannot_be_is_refused(string query, string code)
    {
        using var response = await Host.Client.GetAsync($"/api/assets{query}");

        await response.AssertProblemAsync(400, code);
    }

    [Fact]
    public async Task An_unknown_asset_is_not_found()
    {
        foreach (var id in new[] { "nothing", new string('a', 300), "..%2Fa" })
        {
            using var get = await Host.Client.GetAsync($"/api/assets/{id}");
            using var delete = await Host.Client.DeleteAsync($"/api/assets/{id}");

            await get.AssertProblemAsync(404, "asset_not_found");
            await delete.AssertProblemAsync(404, "asset_not_found");
        }
    }

    [Fact]
    public async Task A_deleted_asset_is_gone_at_once_and_others_are_told()
    {
        await InsertAsync("a", AssetState.Planned);
        await using var bell = await Host.Services.GetRequiredService<IBus>().SubscribeAsync(Topics.AssetChanged);

        using var response = await Host.Client.DeleteAsync("/api/assets/a");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        using var get = await Host.Client.GetAsync("/api/assets/a");
        using var again = await Host.Client.DeleteAsync("/api/assets/a");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Empty((await JsonAsync("/api/assets"))["items"]!.AsArray());
        await foreach (var id in bell.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("a", id);
            break;
        }
    }

    [Fact]
    public async Task A_deleted_asset_loses_its_master_first_its_segments_with_the_presentation_and_its_document_last()
    {
        await InsertAsync("a", AssetState.Planned);
        await InsertAsync("ab", AssetState.Planned);
        await Presentations.InsertAsync("a", NewPresentation(PresentationState.Ready, true));
        foreach (var key in new[] { "masters/a", "media/a/r/v360/0.m4s", "media/a/r/poster.jpg", "media/ab/r/poster.jpg" })
            await Host.Blobs.WriteAsync(key, new MemoryStream([1]));
        (await Host.Client.DeleteAsync("/api/assets/a")).Dispose();
        var removal = Host.Services.GetRequiredService<AssetRemoval>();

        await removal.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["media/a/r/poster.jpg", "media/a/r/v360/0.m4s", "media/ab/r/poster.jpg"], await KeysAsync());

        await Presentations.DeleteAsync("a");
        await removal.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["media/ab/r/poster.jpg"], await KeysAsync());

        Assert.Equal(_clock.GetUtcNow(), (await Host.Assets.GetAsync("a"))!.Value.MediaRemovedAt);

        // A step that was still running may have written once more.
        await Host.Blobs.WriteAsync("media/a/r/v360/1.m4s", new MemoryStream([1]));
        _clock.Advance(TimeSpan.FromMinutes(11));
        await removal.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["media/ab/r/poster.jpg"], await KeysAsync());

        // Origin has not said yet that caches have forgotten the segments.
        Assert.NotNull(await Host.Assets.GetAsync("a"));
        await Host.Assets.UpdateAsync("a", a => a with { WithdrawnAt = _clock.GetUtcNow() });
        await removal.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Null(await Host.Assets.GetAsync("a"));
        Assert.NotNull(await Host.Assets.GetAsync("ab"));
    }

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var blob in Host.Blobs.ListAsync("m")) keys.Add(blob.Key);
        return keys;
    }

    private async Task<IReadOnlyList<string>> SeenAsync(string url)
    {
        var seen = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await JsonAsync($"{url}{(next.Length > 0 ? "&after=" + Uri.EscapeDataString(next) : "")}");
            seen.AddRange(page["items"]!.AsArray().Select(asset => (string)asset!["id"]!));
            next = (string?)page["next"];
        }

        return seen;
    }

    private Task<JsonNode> GetAsync(string id) => JsonAsync($"/api/assets/{id}");

    private async Task<JsonNode> JsonAsync(string url) => (await Host.Client.GetFromJsonAsync<JsonNode>(url))!;

    private Task InsertAsync(string id, AssetState state, ProblemReport? problem = null, DateTimeOffset? at = null) => Host.Assets.InsertAsync(id, new Asset
    {
        Id = id,
        Owner = Host.Owner,
        State = state,
        Title = id,
        FileName = id,
        SizeBytes = 1,
        MasterKey = $"masters/{id}",
        CreatedAt = at ?? _clock.GetUtcNow(),
        Problem = problem,
    });

    private Presentation NewPresentation(PresentationState state, bool isPlayable) => new()
    {
        AssetId = "a",
        Revision = "r",
        State = state,
        Grid = new SegmentGrid(new Rational(25, 1), 50, 150, [1]),
        Frames = 250,
        Video = [new VideoRendition("v360", 640, 360, "avc1.64001e", 800_000, 12800)],
        Audio = [],
        Thumbnail = new PixelSize(160, 90),
        CreatedAt = _clock.GetUtcNow(),
        PlayableAt = isPlayable ? _clock.GetUtcNow() : null,
        Problem = state is PresentationState.Failed ? new ProblemReport("encoder_failed", "The encoder failed.") : null,
    };
}
