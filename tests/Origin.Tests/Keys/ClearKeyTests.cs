using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using static FlickStream.Origin.Tests.Keys.ProtectedSample;

namespace FlickStream.Origin.Tests.Keys;

/// <summary>DASH's ContentProtection, and the licence server that it names.</summary>
public sealed class ClearKeyTests
{
    private static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";
    private static readonly XNamespace Cenc = "urn:mpeg:cenc:2013";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_MPD_names_each_sets_key_and_the_grants_own_licence_server()
    {
        await using var host = await KeyDeliveryTests.ProtectedAsync(ContentProtection.Cbcs);
        var play = await host.PlayAsync();
        var mpd = XDocument.Parse(await host.Client.GetStringAsync(new Uri(play, "manifest.mpd"), Stop));
        var sets = mpd.Descendants(Mpd + "AdaptationSet").Where(set => set.Attribute("contentType")!.Value is "video" or "audio").ToList();
        Assert.Equal([KeyUse.Hd, KeyUse.Sd, KeyUse.Audio], sets.Select(set => new[] { KeyUse.Hd, KeyUse.Sd, KeyUse.Audio }
            .Single(use => Common(set).Attribute(Cenc + "default_KID")!.Value == IdOf(use).ToString("d"))));
        Assert.All(sets, set => Assert.Equal("cbcs", Common(set).Attribute("value")!.Value));
        Assert.All(sets, set => Assert.Equal(new Uri(play, "clearkey").AbsoluteUri, set.Descendants().Single(e => e.Name.LocalName == "Laurl").Value));

        // Each names the other, so that players switch between them.
        var switching = sets.Take(2).Select(set => set.Elements(Mpd + "SupplementalProperty").Single().Attribute("value")!.Value);
        Assert.Equal(sets.Take(2).Reverse().Select(set => set.Attribute("id")!.Value), switching);
        Assert.Equal(sets.Count, sets.Select(set => set.Attribute("id")!.Value).Distinct().Count());

        // Another grant is told of its own.
        var other = await host.PlayAsync();
        Assert.Contains(new Uri(other, "clearkey").AbsoluteUri, await host.Client.GetStringAsync(new Uri(other, "manifest.mpd"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_holds_the_keys_asked_for_that_the_grant_opens()
    {
        await using var host = await KeyDeliveryTests.ProtectedAsync(ContentProtection.Cbcs);
        var play = await host.PlayAsync();
        var all = await LicenceAsync(host, play, KeyUse.Audio, KeyUse.Hd);
        Assert.Equal([KeyUse.Audio, KeyUse.Hd], all);
        var small = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight = 234 });
        Assert.Equal([KeyUse.Audio, KeyUse.Sd], await LicenceAsync(host, small, KeyUse.Audio, KeyUse.Sd, KeyUse.Hd));
        using var refused = await AskAsync(host, small, Request(IdOf(KeyUse.Hd)));
        await Refusals.AssertAsync(refused, 403, "key_not_granted");
        using var unknown = await AskAsync(host, play, Request(Guid.NewGuid()));
        await Refusals.AssertAsync(unknown, 404, "key_not_found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kids":[]}""")]
    [InlineData("""{"kids":"AAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"kids":[1]}""")]
    [InlineData("""{"kids":["AAAA"]}""")]
    [InlineData("""{"kids":["AAAAAAAAAAAAAAAAAAAAA!"]}""")]
    [InlineData("""{"kids":["AAAAAAAAAAAAAAAAAAAAAA"]""")]
    public async Task What_is_no_licence_request_is_refused(string body)
    {
        await using var host = await KeyDeliveryTests.ProtectedAsync(ContentProtection.Cbcs);
        using var response = await AskAsync(host, await host.PlayAsync(), body);
        await Refusals.AssertAsync(response, 400, "licence_request_invalid");
    }

    [Fact]
    public async Task A_request_without_end_and_other_methods_are_refused()
    {
        await using var host = await KeyDeliveryTests.ProtectedAsync(ContentProtection.Cbcs);
        var play = await host.PlayAsync();
        using var large = await AskAsync(host, play, $"{{\"kids\":[{new string(' ', 9000)}]}}");
        await Refusals.AssertAsync(large, 400, "licence_request_invalid");
        using var got = await host.Client.GetAsync(new Uri(play, "clearkey"), Stop);
        await Refusals.AssertAsync(got, 405, "method_not_allowed");
        using var posted = await host.Client.PostAsync(new Uri(play, "master.m3u8"), null, Stop);
        await Refusals.AssertAsync(posted, 405, "method_not_allowed");
        using var preflight = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, new Uri(play, "clearkey")), Stop);
        Assert.Contains("POST", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        using var forged = await AskAsync(host, new Uri(host.Client.BaseAddress!, "/play/AAAA/"), Request(IdOf(KeyUse.Sd)));
        await Refusals.AssertAsync(forged, 403, "token_invalid");
    }

    [Fact]
    public async Task Of_a_title_with_DRM_players_hear_from_the_studios_systems_and_keys_are_not_handed_out()
    {
        var pssh = new byte[36];
        var widevine = new DrmSignal(
            Guid.Parse("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"),
            pssh,
            "<pro xmlns=\"urn:microsoft:playready\">AA==</pro>",
            ["#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"data:x\",KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""],
            ["#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"data:x\",KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""]);
        await using var host = await KeyDeliveryTests.ProtectedAsync(ContentProtection.Cbcs, widevine);
        var play = await host.PlayAsync();
        var mpd = await host.Client.GetStringAsync(new Uri(play, "manifest.mpd"), Stop);
        Assert.DoesNotContain("Laurl", mpd, StringComparison.Ordinal);
        var system = XDocument.Parse(mpd).Descendants(Mpd + "ContentProtection")
            .First(e => e.Attribute("schemeIdUri")!.Value == "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");
        Assert.Equal(Convert.ToBase64String(pssh), system.Element(Cenc + "pssh")!.Value);
        Assert.Equal("AA==", system.Element(XName.Get("pro", "urn:microsoft:playready"))!.Value);

        var playlist = await host.Client.GetStringAsync(new Uri(play, "v720/media.m3u8"), Stop);
        Assert.Equal(widevine.MediaPlaylist, playlist.Split('\n').Where(line => line.StartsWith("#EXT-X-KEY", StringComparison.Ordinal)));
        Assert.Contains(widevine.MultivariantPlaylist[0], await host.Client.GetStringAsync(new Uri(play, "master.m3u8"), Stop), StringComparison.Ordinal);
        using var key = await host.Client.GetAsync(new Uri(play, $"keys/{IdOf(KeyUse.Sd):n}.key"), Stop);
        await Refusals.AssertAsync(key, 404, "key_not_found");
        using var licence = await AskAsync(host, play, Request(IdOf(KeyUse.Sd)));
        await Refusals.AssertAsync(licence, 404, "key_not_found");
    }

    private static XElement Common(XElement set) =>
        set.Elements(Mpd + "ContentProtection").Single(e => e.Attribute("schemeIdUri")!.Value == "urn:mpeg:dash:mp4protection:2011");

    private static string Request(params Guid[] ids) =>
        JsonSerializer.Serialize(new { kids = ids.Select(id => Base64Url.EncodeToString(id.ToByteArray(true))), type = "temporary" });

    private static Task<HttpResponseMessage> AskAsync(OriginHost host, Uri play, string body) =>
        host.Client.PostAsync(new Uri(play, "clearkey"), new StringContent(body, Encoding.UTF8, "application/json"), Stop);

    /// <returns>Which keys it holds, each with its right value.</returns>
    private static async Task<List<KeyUse>> LicenceAsync(OriginHost host, Uri play, params KeyUse[] uses)
    {
        using var response = await AskAsync(host, play, Request([.. uses.Select(IdOf)]));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        return [.. json.RootElement.GetProperty("keys").EnumerateArray().Select(key =>
        {
            Assert.Equal("oct", key.GetProperty("kty").GetString());
            return Enum.GetValues<KeyUse>().Single(use => key.GetProperty("kid").GetString() == Base64Url.EncodeToString(IdOf(use).ToByteArray(true))
                && key.GetProperty("k").GetString() == Base64Url.EncodeToString(SecretOf(use)));
        })];
    }
}
