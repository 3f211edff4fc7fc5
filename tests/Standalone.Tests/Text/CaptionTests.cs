using System.Text;
using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Text;

/// <summary>Captions that lie in the picture, and text that is uploaded beside a master while it is encoded and after.</summary>
[Collection(WithAnotherTitle.Name)]
public sealed class CaptionTests(ReadyTitle title) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-captions-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client => title.FlickStream.Client;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Captions_in_the_picture_and_text_beside_the_master_become_renditions()
    {
        var master = await CaptionedMaster.MakeAsync(_folder.FullName, seconds: 8, [(2, 4, "HELLO WORLD"), (5, 7, "GOODBYE")], [(3, 6, "HOLA")], [(2, 4, "Où ça ?")], Cancellation);
        var asset = await Client.UploadAsync(master, Cancellation);
        var early = await AddAsync(asset, "?language=fr&label=Fran%C3%A7ais", "1\n00:00:03,000 --> 00:00:05,500\nÇa va\n");
        await Client.WaitForAsync(asset, a => a.StateIs("ready") && Texts(a).Length == 4, Cancellation);
        var late = await AddAsync(
            asset, "?language=ja&role=forced&label=Signs", "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"2s\" end=\"4s\">看板</p></div></body></tt>");
        await Client.WaitForAsync(asset, a => Texts(a).Length == 5, Cancellation);

        var grant = await Client.GrantAsync(asset, Cancellation);
        var run = await CaptionRun.OfAsync("hls", grant.Hls, [], [3], Cancellation);
        Assert.Equal(["CC1", "CC3", "Français", "French (Service 2)", "Signs"], run.Names!.Order(StringComparer.Ordinal));
        var captions = run.Tracks.Single(t => t.Name == "CC1").Cues;
        Assert.Equal([("HELLO WORLD", 2.0, 4.0), ("GOODBYE", 5.0, 7.0)], captions.Select(c => (c.Text, Math.Round(c.Start, 1), Math.Round(c.End, 1))));
        Assert.Equal([("HOLA", 3.0, 6.0)], run.Tracks.Single(t => t.Name == "CC3").Cues.Select(c => (c.Text, Math.Round(c.Start, 1), Math.Round(c.End, 1))));
        // Service 1 repeats CC1.
        Assert.Equal([("Où ça ?", 2.0, 4.0)], run.Tracks.Single(t => t is { Name: "French (Service 2)", Language: "fr" }).Cues.Select(c => (c.Text, Math.Round(c.Start, 1), Math.Round(c.End, 1))));
        Assert.Equal(["Ça va"], run.Tracks.Single(t => t.Name == "Français").At[0].Texts);
        Assert.True(run.Tracks.Single(t => t.Name == "Signs").IsForced);

        foreach (var id in new[] { early, late }) (await Client.DeleteAsync(new Uri($"/api/assets/{asset}/text/{id}", UriKind.Relative), Cancellation)).Dispose();
        await Client.WaitForAsync(asset, a => Texts(a).Length == 3, Cancellation);
        Assert.DoesNotContain("Signs", await Client.GetStringAsync(new Uri(grant.Hls), Cancellation), StringComparison.Ordinal);
        await Client.DeleteAsync(new Uri($"/api/assets/{asset}", UriKind.Relative), Cancellation);
    }

    private static string[] Texts(JsonElement asset) =>
        asset.TryGetProperty("renditions", out var renditions) && renditions.ValueKind == JsonValueKind.Object
            ? [.. renditions.GetProperty("text").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)] : [];

    private async Task<string> AddAsync(string asset, string query, string file)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        using var response = await Client.PostAsync(new Uri($"/api/assets/{asset}/text{query}", UriKind.Relative), content, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
    }
}
