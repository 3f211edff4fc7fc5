using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Again;

/// <summary>A title that is encoded again, by other options and then from another master, while viewers are in the middle of it.</summary>
public sealed class AgainTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-again-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Viewers_notice_nothing_and_only_what_is_new_is_made_and_what_is_old_is_collected()
    {
        var data = new DataContents(_folder.CreateSubdirectory("data").FullName);
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "first.mov"), 13, cancellationToken: Cancellation);
        string id;
        Studio.Grant early;
        SortedDictionary<string, string> heard;
        await using (var first = await StartAsync(data, maxHeight: 234))
        {
            id = await first.Client.UploadAsync(master.Path, Cancellation);
            await first.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);
            early = await first.Client.GrantAsync(id, Cancellation);
            heard = await Title.AllAsync(first.Client, early, Cancellation);
            Assert.Equal(0, await first.StopAsync());
        }

        var before = data.BlobsOf(id);
        string job;
        await using (var idle = await StartAsync(data, maxHeight: 360, ("Transcoder__Role", "Board")))
        {
            job = await AgainAsync(idle.Client, id);
            Assert.Equal("job_open", await RefusalAsync(idle.Client, id));
            var late = await idle.Client.GrantAsync(id, Cancellation);
            Assert.Equal(heard, await Title.AllAsync(idle.Client, early, Cancellation));
            Assert.Equal(heard, await Title.AllAsync(idle.Client, late, Cancellation));
            await EndAsync(idle.Client, late);
            Assert.Equal(0, await idle.StopAsync());
        }

        await using var flickStream = await StartAsync(data, maxHeight: 360);
        var client = flickStream.Client;
        await SettledAsync(async () => (await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{job}", Cancellation)).GetProperty("state").GetString() == "done");
        var renewed = await client.GrantAsync(id, Cancellation);
        var seen = await Title.AllAsync(client, renewed, Cancellation);
        AssertOnlyNewIsMade(data, id, before, await StepsAsync(client, job));
        Assert.Contains(seen.Keys, name => name.StartsWith("v360/", StringComparison.Ordinal));
        Assert.Equal(Media(heard), Media(seen).Where(medium => heard.ContainsKey(medium.Key)));
        Assert.Equal(heard, await Title.AllAsync(client, early, Cancellation));
        Assert.Equal("up_to_date", await RefusalAsync(client, id));

        await EndAsync(client, early);
        await SettledAsync(() => Task.FromResult(data.Documents("presentations").Count == 1));
        Assert.Equal(before.Keys.Where(key => !key.EndsWith("poster.jpg", StringComparison.Ordinal)), before.Keys.Where(data.BlobsOf(id).ContainsKey));
        Assert.Equal(seen, await Title.AllAsync(client, renewed, Cancellation));

        await ReplaceMasterAsync(client, data, id, renewed, seen);
        Assert.Equal(0, await flickStream.StopAsync());
    }

    private async Task ReplaceMasterAsync(
        HttpClient client, DataContents data, string id, Studio.Grant renewed, SortedDictionary<string, string> seen)
    {
        var old = data.BlobsOf(id).Keys.ToList();
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "second.mov"), 7, cancellationToken: Cancellation);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(master.Path, Cancellation)));

        Assert.Equal(id, await client.UploadAsync(master.Path, Cancellation, replaces: id));

        await client.WaitForAsync(
            id,
            asset =>
            {
                Assert.True(asset.StateIs("ready") && asset.IsPlayable());
                return asset.GetProperty("sha256").GetString() == sha256 && data.Documents("jobs").All(job => DataContents.StateOf(job.Json) == "done")
                    && data.Documents("jobs").Count == 3;
            },
            Cancellation);
        Assert.Equal(seen, await Title.AllAsync(client, renewed, Cancellation));
        var grant = await client.GrantAsync(id, Cancellation);
        var now = await Title.AllAsync(client, grant, Cancellation);
        Assert.Contains("v360/2.m4s", now.Keys);
        Assert.DoesNotContain("v360/3.m4s", now.Keys);

        await EndAsync(client, renewed);
        await SettledAsync(() => Task.FromResult(data.Documents("presentations").Count == 1));
        Assert.Empty(data.BlobsOf(id).Keys.Intersect(old));
        Assert.Equal(data.BlobsOf(id).Count + 1, data.Blobs().Count); // and one master
        Assert.Equal(now, await Title.AllAsync(client, grant, Cancellation));
    }

    private static void AssertOnlyNewIsMade(
        DataContents data, string id, SortedDictionary<string, string> before, IReadOnlyList<string> steps)
    {
        var after = data.BlobsOf(id);
        Assert.Equal(before, after.Where(blob => before.ContainsKey(blob.Key)));
        var made = after.Keys.Except(before.Keys).Select(key => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]).ToList();
        Assert.All(made, name => Assert.True(name == "poster.jpg" || name.StartsWith("v360/", StringComparison.Ordinal), name));
        Assert.Equal(["poster", "publish", "video"], steps.Select(name => name.Split('-')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, string>> Media(SortedDictionary<string, string> all) =>
        all.Where(medium => medium.Key.EndsWith(".m4s", StringComparison.Ordinal) || medium.Key.EndsWith(".mp4", StringComparison.Ordinal));

    private static Task<RunningFlickStream> StartAsync(DataContents data, int maxHeight, params (string Name, string Value)[] options)
    {
        var all = new Dictionary<string, string>(KilledRun.Options)
        {
            ["Planning__MaxHeight"] = $"{maxHeight}",
            ["Origin__RetiredStay"] = "00:00:01",
            ["Origin__ReleaseInterval"] = "00:00:00.2",
        };
        foreach (var (name, value) in options) all[name] = value;
        return RunningFlickStream.StartOnAsync(data.Folder, all, Cancellation);
    }

    private static async Task<string> AgainAsync(HttpClient client, string assetId)
    {
        using var response = await client.PostAsJsonAsync("/api/jobs", new { assetId }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
        Assert.Equal($"/api/jobs/{id}", response.Headers.Location!.OriginalString);
        return id;
    }

    private static async Task<string?> RefusalAsync(HttpClient client, string assetId)
    {
        using var response = await client.PostAsJsonAsync("/api/jobs", new { assetId }, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString();
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(HttpClient client, string job) =>
    [
        .. (await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{job}", Cancellation)).GetProperty("steps").EnumerateArray()
            .Select(step => step.GetProperty("name").GetString()!),
    ];

    private static async Task EndAsync(HttpClient client, Studio.Grant grant)
    {
        using var response = await client.DeleteAsync(new Uri($"/api/playback/{grant.GrantId}", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static async Task SettledAsync(Func<Task<bool>> isSettled)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 0; !await isSettled(); looks++)
        {
            Assert.True(looks < 3000, "It does not come to an end.");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
