using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FlickStream.Ingest.Assets;
using FlickStream.Ingest.Tests.Uploads;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Texts;

/// <summary>Text beside masters, over real HTTP.</summary>
public sealed class SideTextTests(IngestFixture ingest) : IClassFixture<IngestFixture>, IAsyncLifetime
{
    private const string SubRip = "1\n00:00:01,000 --> 00:00:02,000\nGrüße\n";

    private readonly string _asset = Guid.NewGuid().ToString("n");

    private IDocumentSet<SideText> Texts => ingest.Host.Services.GetRequiredService<IDocuments>().Set(SideText.Schema);

    public async ValueTask InitializeAsync() => await InsertAsync(_asset, AssetState.Inspecting);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(SubRip, "subRip")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "webVtt")]
    [InlineData("[Script Info]\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,Hello\n", "ass")]
    [InlineData("<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"1s\" end=\"2s\">Hello</p></div></body></tt>", "ttml")]
    public async Task A_text_is_taken_in_by_its_content_and_listed(string file, string format)
    {
        var (status, added) = await AddAsync("?language=de-AT&role=sdh&label=Deutsch", Encoding.UTF8.GetBytes(file));

        Assert.Equal(HttpStatusCode.Created, status);
        var listed = Assert.Single((await ListAsync())!);
        Assert.Equal((string?)added["id"], (string?)listed!["id"]);
        Assert.Equal(
            ("de-AT", "sdh", "Deutsch", format, "utf-8", 1, false),
            ((string?)listed["language"], (string?)listed["role"], (string?)listed["label"], (string?)listed["format"], (string?)listed["encoding"],
                (int?)listed["cues"], (bool?)listed["offered"]));
    }

    [Theory]
    [InlineData("eng", "en", "English")]
    [InlineData("ger", "de", "German")]
    [InlineData("PT_br", "pt-BR", "Portuguese (BR)")]
    [InlineData("qaa", "qaa", "qaa")]
    public async Task A_language_is_kept_by_its_shortest_tag_and_gives_the_name_where_none_is_said(string language, string tag, string label)
    {
        var (status, added) = await AddAsync($"?language={language}", Encoding.UTF8.GetBytes(SubRip));
        Assert.Equal((HttpStatusCode.Created, tag, label), (status, (string?)added["language"], (string?)added["label"]));
    }

    [Fact]
    public async Task A_guessed_encoding_is_told_and_the_text_kept_as_UTF_8()
    {
        var (_, added) = await AddAsync("?language=de", Encoding.Latin1.GetBytes(SubRip));

        Assert.Equal("windows-1252", (string?)added["encoding"]);
        var text = (await Texts.GetAsync(SideText.IdOf(_asset, (string)added["id"]!)))!.Value;
        await using var stored = await ingest.Host.Blobs.OpenReadAsync(text.BlobKey);
        using var reader = new StreamReader(stored!);
        Assert.Equal(SubRip, await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("00:00:05", "", 201, null)]
    [InlineData("01:00:05", "", 201, null)]
    [InlineData("01:00:05", "&offset=-3590.5", 201, -3590.5)]
    [InlineData("00:40:00", "", 422, null)]
    [InlineData("00:00:05", "&offset=600", 422, null)]
    [InlineData("00:00:05", "&offset=-10", 422, null)]
    [InlineData("00:00:05", "&offset=soon", 400, null)]
    [InlineData("00:00:05", "&offset=NaN", 400, null)]
    [InlineData("00:00:05", "&offset=86401", 400, null)]
    public async Task A_text_that_lies_outside_a_known_title_is_refused_with_what_to_say(string at, string offset, int status, double? expected)
    {
        var known = Guid.NewGuid().ToString("n");
        await InsertAsync(known, AssetState.Accepted, new MediaReport("mov", 600, null, null, []));

        using var response = await ingest.Client.PostAsync(
            $"/api/assets/{known}/text?language=en{offset}", new StringContent($"WEBVTT\n\n{at}.000 --> {at}.900\nHello\n"));

        if (status == 201)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            Assert.Equal(expected, (double?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["offset"]);
        }
        else
        {
            await response.AssertProblemAsync(status, status == 400 ? "text_offset_invalid" : "text_outside_title");
        }
    }

    public static TheoryData<string, byte[], int, string> Refusals => new()
    {
        { "", Encoding.UTF8.GetBytes(SubRip), 400, "text_language_invalid" },
        { "?language=english", Encoding.UTF8.GetBytes(SubRip), 400, "text_language_invalid" },
        { "?language=und", Encoding.UTF8.GetBytes(SubRip), 400, "text_language_invalid" },
        { "?language=x", Encoding.UTF8.GetBytes(SubRip), 400, "text_language_invalid" },
        { "?language=en&role=karaoke", Encoding.UTF8.GetBytes(SubRip), 400, "text_role_invalid" },
        { "?language=en&role=1", Encoding.UTF8.GetBytes(SubRip), 400, "text_role_invalid" },
        { $"?language=en&label={new string('x', 101)}", Encoding.UTF8.GetBytes(SubRip), 400, "text_label_invalid" },
        { "?language=en", [], 422, "text_format_unknown" },
        { "?language=en", "Hello"u8.ToArray(), 422, "text_format_unknown" },
        { "?language=en", [0x89, 0x50, 0x4e, 0x47, 0, 1], 422, "text_encoding_unknown" },
        { "?language=en", "WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n"u8.ToArray(), 422, "text_without_cues" },
        { "?language=en", "<!DOCTYPE tt [<!ENTITY a \"b\">]><tt ><body><p begin=\"1s\">&a;</p></body></tt>"u8.ToArray(), 422, "text_without_cues" },
        { "?language=en", new byte[(8 << 20) + 1], 413, "text_file_too_large" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_text_is_refused_with_a_code(string query, byte[] file, int status, string code)
    {
        using var response = await ingest.Client.PostAsync($"/api/assets/{_asset}/text{query}", new ByteArrayContent(file));
        await response.AssertProblemAsync(status, code);
        Assert.Empty((await ListAsync())!);
    }

    [Fact]
    public async Task Only_assets_that_will_be_titles_and_only_the_right_keys_have_texts()
    {
        var refused = Guid.NewGuid().ToString("n");
        await InsertAsync(refused, AssetState.Refused);
        using var other = await ingest.Host.NewClientAsync(Scopes.Playback);

        foreach (var (client, asset, status, code) in new[] { (ingest.Client, refused, 409, "asset_refused"), (ingest.Client, "none", 404, "asset_not_found") })
        {
            using var response = await client.PostAsync($"/api/assets/{asset}/text?language=en", new StringContent(SubRip));
            await response.AssertProblemAsync(status, code);
        }

        using var forbidden = await other.PostAsync($"/api/assets/{_asset}/text?language=en", new StringContent(SubRip));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_deleted_text_is_gone_at_once_and_left_for_Transcoder_to_take_out()
    {
        var (_, added) = await AddAsync("?language=en", Encoding.UTF8.GetBytes(SubRip));
        var id = (string)added["id"]!;

        using var deleted = await ingest.Client.DeleteAsync($"/api/assets/{_asset}/text/{id}");
        using var again = await ingest.Client.DeleteAsync($"/api/assets/{_asset}/text/{id}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await again.AssertProblemAsync(404, "text_not_found");
        Assert.Empty((await ListAsync())!);
        var left = (await Texts.GetAsync(SideText.IdOf(_asset, id)))!.Value;
        Assert.True(left is { IsDeleted: true, IsPending: true });
    }

    [Fact]
    public async Task An_assets_texts_go_with_it()
    {
        var (_, added) = await AddAsync("?language=en", Encoding.UTF8.GetBytes(SubRip));
        var text = (await Texts.GetAsync(SideText.IdOf(_asset, (string)added["id"]!)))!.Value;
        (await ingest.Client.DeleteAsync($"/api/assets/{_asset}")).Dispose();

        await ingest.Host.Services.GetRequiredService<AssetRemoval>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Null(await ingest.Host.Blobs.FindAsync(text.BlobKey));
        Assert.Null(await Texts.GetAsync(SideText.IdOf(_asset, text.TextId)));
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AddAsync(string query, byte[] file)
    {
        using var response = await ingest.Client.PostAsync($"/api/assets/{_asset}/text{query}", new ByteArrayContent(file));
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    private async Task<JsonArray?> ListAsync() =>
        (await ingest.Client.GetFromJsonAsync<JsonNode>($"/api/assets/{_asset}/text"))?["items"]?.AsArray();

    private Task InsertAsync(string id, AssetState state, MediaReport? media = null) => ingest.Host.Assets.InsertAsync(id, new Asset
    {
        Id = id,
        Owner = ingest.Host.Owner,
        State = state,
        Media = media,
        Title = id,
        FileName = id,
        SizeBytes = 1,
        MasterKey = $"masters/{id}",
        CreatedAt = TimeProvider.System.GetUtcNow(),
    });
}
