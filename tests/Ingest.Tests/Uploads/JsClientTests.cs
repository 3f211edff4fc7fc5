using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>The real tus-js-client, which the studio's page uses, under node.</summary>
public sealed class JsClientTests : IDisposable
{
    private static readonly Lock Installing = new();
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes = Bytes.Random(3_000_000);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_resumes_after_an_abort_from_what_was_acknowledged()
    {
        var seen = await UploadAsync("abort");

        var resumed = seen.SkipWhile(step => (string?)step["method"] != "abort").Skip(1).ToArray();
        Assert.Equal("HEAD", (string?)resumed[0]["method"]);
        Assert.InRange((long)resumed[0]["offset"]!, 1_500_000, 2_999_999);
        Assert.DoesNotContain(resumed, step => (string?)step["method"] == "POST");
    }

    [Fact]
    public async Task It_uploads_parts_in_parallel_and_concatenates_them()
    {
        var seen = await UploadAsync("parallel");

        Assert.Equal(5, seen.Count(step => (string?)step["method"] == "POST"));
    }

    [Fact]
    public async Task It_uploads_through_a_network_that_lets_no_patch_through()
    {
        var seen = await UploadAsync("override");

        Assert.DoesNotContain(seen, step => (string?)step["method"] == "PATCH");
    }

    private async Task<List<JsonNode>> UploadAsync(string mode)
    {
        var scripts = Path.Combine(Here(), "..", "js");
        lock (Installing) Run("bash", scripts, "setup.sh");
        await using var host = await IngestHost.StartAsync(Path.Combine(_folder.Path, "data"));
        var file = Path.Combine(_folder.Path, "Film.mov");
        await File.WriteAllBytesAsync(file, _bytes);
        var key = host.Client.DefaultRequestHeaders.Authorization!.Parameter!;

        var printed = await Task.Run(() => Run("node", scripts, "upload.mjs", new Uri(host.Client.BaseAddress!, "/api/uploads").ToString(), key, file, mode));

        var seen = JsonSerializer.Deserialize<List<JsonNode>>(printed)!;
        var asset = await host.AssetAsync((string?)seen[^1]["asset"] ?? throw new InvalidOperationException(printed));
        Assert.Equal(("Film.mov", Bytes.Sha256(_bytes)), (asset.FileName, asset.Sha256));
        Assert.Equal(_bytes, await host.MasterAsync(asset));
        return seen;
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
