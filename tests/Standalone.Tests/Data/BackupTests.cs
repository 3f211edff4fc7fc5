using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Data;

/// <summary>The drill: a server that works is backed up, its data are lost, and the back-up serves and works on.</summary>
public sealed partial class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-backup-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_backup_of_a_server_at_work_plays_what_was_ready_knows_its_keys_and_finishes_what_was_begun()
    {
        Assert.SkipWhen(MongoDatabases.Server is not null, "Back-ups of this kind are of SQLite.");
        var small = await TestMaster.MakeAsync(In("small.mov"), 3, 320, 180, cancellationToken: Cancellation);
        var large = await TestMaster.MakeAsync(In("large.mov"), 26, cancellationToken: Cancellation);
        var data = new DataContents(_folder.CreateSubdirectory("data").FullName);
        string ready, begun, key;
        Uri hls;
        SortedDictionary<string, string> played;
        IReadOnlyList<string> done;
        await using (var first = await RunningFlickStream.StartOnAsync(data.Folder, KilledRun.Options, Cancellation))
        {
            ready = await first.Client.UploadAsync(small.Path, Cancellation);
            await first.Client.WaitForAsync(ready, asset => asset.StateIs("ready"), Cancellation);
            hls = new Uri((await first.Client.GrantAsync(ready, Cancellation)).Hls);
            key = await NewKeyAsync(first.Client);
            played = await PlayAsync(first.Client, hls);
            begun = await first.Client.UploadAsync(large.Path, Cancellation);
            await first.Client.WaitForAsync(begun, asset => asset.IsPlayable(), Cancellation);

            await RunAsync(0, "backup", In("copy"), "--data", data.Folder);
            Assert.True((await first.Client.AssetAsync(begun, Cancellation)).StateIs("encoding"), "It was over before the back-up was.");
            await first.KillAsync();
        }

        Directory.Delete(data.Folder, recursive: true);
        await RunAsync(0, "restore", In("copy"), "--data", In("restored"));
        var refusal = await RunAsync(1, "restore", In("copy"), "--data", In("restored"));
        Assert.Contains("is not empty", refusal, StringComparison.Ordinal);
        var restored = new DataContents(In("restored"));
        done = [.. restored.Documents("steps").Where(step => DataContents.StateOf(step.Json) == "done").Select(step => step.Id)];
        Assert.Contains(done, id => id.StartsWith(begun, StringComparison.Ordinal));
        var before = restored.BlobsOf(begun);

        await using var second = await RunningFlickStream.StartOnAsync(restored.Folder, KilledRun.Options, Cancellation);
        Assert.Equal(played, await PlayAsync(second.Client, new Uri(second.Client.BaseAddress!, hls.PathAndQuery)));
        using (var studio = new HttpClient { BaseAddress = second.Client.BaseAddress })
        {
            studio.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            // It brought nothing itself, so it sees nothing; that it is admitted is what was backed up.
            using var listed = await studio.GetAsync(new Uri("/api/assets", UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        }

        await second.Client.WaitForAsync(begun, asset => asset.StateIs("ready"), Cancellation);
        var grant = await second.Client.GrantAsync(begun, Cancellation);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(grant.Hls, Cancellation), frames => Assert.Equal(large.Frames, frames));
        var after = restored.BlobsOf(begun);
        Assert.All(before, blob => Assert.Equal(blob.Value, after[blob.Key]));
        Assert.True(before.Count < after.Count, "Nothing was left to do.");
    }

    [Theory]
    [InlineData(2, "run backup FOLDER", "backup")]
    [InlineData(2, "run backup FOLDER", "restore", "copy", "--date", "data")]
    [InlineData(1, "There is no documents.sqlite in", "backup", "copy")]
    [InlineData(1, "There is no back-up in", "restore", "copy")]
    public async Task A_command_that_cannot_work_says_why(int exitCode, string words, params string[] arguments) =>
        Assert.Contains(words, await RunAsync(exitCode, arguments), StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        var result = await Cli.Wrap(RunningFlickStream.Program)
            .WithWorkingDirectory(_folder.FullName)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancellation);
        Assert.True(result.ExitCode == exitCode, result.StandardOutput + result.StandardError);
        return result.StandardError;
    }

    private static async Task<string> NewKeyAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/keys", new { name = "studio", scopes = (string[])["ingest"] }, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("key").GetString()!;
    }

    /// <summary>SHA-256 of the manifest and of all that its playlists name, by address below the grant.</summary>
    private static async Task<SortedDictionary<string, string>> PlayAsync(HttpClient client, Uri hls)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<Uri>([hls]);
        while (waiting.TryDequeue(out var address))
        {
            var bytes = await client.GetByteArrayAsync(address, Cancellation);
            if (!seen.TryAdd(new Uri(hls, ".").MakeRelativeUri(address).ToString(), Convert.ToHexStringLower(SHA256.HashData(bytes)))) continue;
            if (!address.AbsolutePath.EndsWith(".m3u8", StringComparison.Ordinal)) continue;
            foreach (Match named in Named().Matches(Encoding.UTF8.GetString(bytes))) waiting.Enqueue(new Uri(address, named.Groups[1].Value));
        }

        Assert.True(seen.Count > 5, string.Join('\n', seen.Keys));
        return seen;
    }

    [GeneratedRegex("(?:URI=\"|^)([^#\"\n]+)", RegexOptions.Multiline)]
    private static partial Regex Named();
}
