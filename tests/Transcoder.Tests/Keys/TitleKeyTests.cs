using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Protection;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Keys;

/// <summary>The keys of one encoding: made once, sealed, and gone with their asset.</summary>
public sealed class TitleKeyTests
{
    private static readonly Presentation Title = EncodingPlan
        .For(BoardFixture.Media(), new PlanningOptions { Protection = ContentProtection.Cbcs })
        .ToPresentation("title", DateTimeOffset.UnixEpoch) with
        {
            Video = [Rung("v2160", 3840, 2160), Rung("v1080", 1920, 1080), Rung("v720", 1280, 720), Rung("v576", 576, 1024), Rung("v234", 416, 234)],
        };

    private readonly ContentKeySeal _seal = Seal();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_that_ask_at_once_get_the_same_keys_and_each_quality_class_has_one()
    {
        await using var board = new BoardFixture();
        var stores = Enumerable.Range(0, 4).Select(_ => Store(board.Documents)).ToList();
        var opened = await Task.WhenAll(stores.Select(store => store.OpenAsync(Title, null, Stop)));
        Assert.Single(opened.Select(keys => Convert.ToHexString(keys!.For(Title.Video[0]).Secret)).Distinct());

        using var keys = opened[0]!;
        var pictures = Title.Video.Select(video => Convert.ToHexString(keys.For(video).Secret)).ToList();
        Assert.Equal([0, 1, 1, 2, 2], pictures.Select(key => pictures.Distinct().ToList().IndexOf(key)));
        Assert.DoesNotContain(Convert.ToHexString(keys.ForAudio().Secret), pictures);
        Assert.Equal(4, new[] { keys.ForAudio(), keys.For(Title.Video[0]), keys.For(Title.Video[1]), keys.For(Title.Video[4]) }.Select(k => k.KeyId).Distinct().Count());
    }

    [Fact]
    public async Task Another_encoding_of_the_same_title_has_other_keys()
    {
        await using var board = new BoardFixture();
        using var first = await Store(board.Documents).OpenAsync(Title, null, Stop);
        using var second = await Store(board.Documents).OpenAsync(Title with { Revision = "another" }, null, Stop);
        Assert.NotEqual(first!.ForAudio().Secret, second!.ForAudio().Secret);
        Assert.NotEqual(first.ForAudio().KeyId, second.ForAudio().KeyId);
        Assert.NotEqual(first.ForAudio().Iv, second.ForAudio().Iv);
    }

    [Fact]
    public async Task Keys_of_what_is_taken_over_go_along_and_open_when_the_encoding_before_is_gone()
    {
        await using var board = new BoardFixture();
        using var first = await Store(board.Documents).OpenAsync(Title, null, Stop);
        var next = Title with
        {
            Revision = "next",
            Video = [.. Title.Video.Select(v => v with { Source = new PartSource("", v.Height > 1080 ? null : Title.Revision) })],
            Audio = [.. Title.Audio.Select(a => a with { Source = new PartSource("", Title.Revision) })],
        };
        using (await Store(board.Documents).OpenAsync(next, Title.Revision, Stop))
            await board.Documents.Set(TitleKeys.Schema).DeleteAsync(TitleKeys.IdOf("title", Title.Revision), null, Stop);

        using var keys = await Store(board.Documents).OpenStoredAsync(next, Stop);
        Assert.Equal(first!.ForAudio().Secret, keys!.ForAudio().Secret);
        Assert.Equal(first.For(Title.Video[1]).KeyId, keys.For(Title.Video[1]).KeyId);
        Assert.Equal(first.For(Title.Video[4]).Secret, keys.For(Title.Video[4]).Secret);
        Assert.NotEqual(first.For(Title.Video[0]).Secret, keys.For(Title.Video[0]).Secret);
        Assert.Equal((Title.Revision, "next"), (keys.For(next.Video[1]).Revision, keys.For(next.Video[0]).Revision));
        await Assert.ThrowsAsync<KeysUnavailableException>(() => Store(board.Documents).OpenAsync(next with { Revision = "late" }, Title.Revision, Stop));
    }

    [Fact]
    public async Task What_is_stored_does_not_hold_the_key_and_opens_in_its_own_place_alone()
    {
        await using var board = new BoardFixture();
        using var keys = await Store(board.Documents).OpenAsync(Title, null, Stop);
        var stored = (await board.Documents.Set(TitleKeys.Schema).GetAsync(TitleKeys.IdOf("title", Title.Revision), Stop))!.Value;
        Assert.True(stored.IsDelivered);
        var key = stored.Find(KeyUse.Hd)!;
        Assert.Equal(keys!.For(Title.Video[1]).Secret, _seal.Open(stored, key));
        Assert.Equal(-1, key.Sealed.AsSpan().IndexOf(keys.For(Title.Video[1]).Secret));
        Assert.Throws<ContentKeyLostException>(() => _seal.Open(stored with { AssetId = "elsewhere" }, key));
        Assert.Throws<ContentKeyLostException>(() => _seal.Open(stored, key with { Use = KeyUse.Sd }));
        Assert.Throws<ContentKeyLostException>(() => Seal().Open(stored, key));
    }

    [Fact]
    public async Task Keys_are_zeroed_when_the_step_is_done()
    {
        await using var board = new BoardFixture();
        var keys = await Store(board.Documents).OpenAsync(Title, null, Stop);
        var secret = keys!.ForAudio().Secret;
        keys.Dispose();
        Assert.All(secret, b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task A_title_without_protection_has_none()
    {
        await using var board = new BoardFixture();
        Assert.Null(await Store(board.Documents).OpenAsync(Title with { Protection = null }, null, Stop));
        Assert.Equal(0, await board.Documents.Set(TitleKeys.Schema).CountAsync([], Stop));
    }

    [Fact]
    public async Task Keys_go_with_their_asset()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        using var keys = await Store(board.Documents).OpenAsync(Title with { Revision = job.Plan.Revision }, null, Stop);
        await board.Documents.Set(Asset.Schema).UpdateAsync("title", asset => asset with { State = AssetState.Deleted }, Stop);
        await board.Sweep.RunAsync(Stop);
        Assert.Equal(0, await board.Documents.Set(TitleKeys.Schema).CountAsync([], Stop));
    }

    [Fact]
    public void Keys_of_whole_segments_change_every_ten_minutes_and_no_old_plan_is_protected()
    {
        var plan = EncodingPlan.For(BoardFixture.Media(), new PlanningOptions { Protection = ContentProtection.Aes128 });
        var protection = plan.ToPresentation("a", DateTimeOffset.UnixEpoch).Protection!;
        Assert.Equal(600, protection.KeySegments * (plan.Grid.SegmentFrames / plan.Grid.FrameRate).Value, 6.0);
        Assert.True(protection.IsKeyedByRevision);
        var before = JsonNode.Parse(JsonSerializer.Serialize(plan))!.AsObject();
        Assert.True(before.Remove(nameof(EncodingPlan.IsKeyedByRevision)));
        Assert.False(before.Deserialize<EncodingPlan>()!.Protection!.IsKeyedByRevision);
        Assert.NotEqual(plan.Revision, EncodingPlan.For(BoardFixture.Media(), new PlanningOptions()).Revision);
        Assert.Null(EncodingPlan.For(BoardFixture.Media(), new PlanningOptions()).ToPresentation("a", DateTimeOffset.UnixEpoch).Protection);
    }

    private static VideoRendition Rung(string name, int width, int height) => new(name, width, height, "avc1.640028", 1, 24_000);

    // Its keys are in memory, and so unknown to any other.
    private static ContentKeySeal Seal() =>
        new(new EphemeralDataProtectionProvider(), Options.Create(new KeyManagementOptions { XmlRepository = new NoKeys() }));

    private TitleKeyStore Store(IDocuments documents) => new(documents, _seal, new RandomKeys(), TimeProvider.System);

    private sealed class NoKeys : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException();
    }
}
