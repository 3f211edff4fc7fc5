using System.Net;
using System.Net.Sockets;
using FlickStream.Platform.Media;

namespace FlickStream.Platform.Tests.Media;

/// <summary>
/// The whitelists are taken away here, so that only the sandbox is left to stop ffmpeg. Where it makes sense each attack is
/// first shown to work without the sandbox.
/// </summary>
public sealed class SandboxTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(SandboxMode.Off, true)]
    [InlineData(SandboxMode.Required, false)]
    public async Task A_manifest_can_reach_a_sibling_file_only_outside_the_sandbox(SandboxMode mode, bool reached)
    {
        var secret = await _bench.MasterAsync("secret.ts");
        var upload = _bench.PathOf("upload.mp4");
        await File.WriteAllTextAsync(upload, $"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n", Ct);

        var outcome = await Run(mode, [.. Unguarded, "-i", upload, "-f", "null", "-"], upload);
        Assert.Equal(reached, outcome.Succeeded);
    }

    [Theory]
    [InlineData(SandboxMode.Off, true)]
    [InlineData(SandboxMode.Required, false)]
    public async Task The_network_can_be_reached_only_outside_the_sandbox(SandboxMode mode, bool reached)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x.ts";
        var asked = HangUpAsync(listener);
        await Run(mode, [.. Unguarded, "-i", address, "-f", "null", "-"]);
        listener.Stop();

        Assert.Equal(reached, await asked);
    }

    [Fact]
    public async Task Only_the_output_folder_can_be_written()
    {
        var master = await _bench.MasterAsync();
        var before = await File.ReadAllBytesAsync(master, Ct);
        var output = Directory.CreateDirectory(_bench.PathOf("output")).FullName;
        string[] copy = ["-y", .. MediaGuards.InputArguments, "-i", master, "-c", "copy", "-f", "mpegts"];

        Assert.True((await Run(SandboxMode.Required, [.. copy, Path.Combine(output, "a.ts")], master, output)).Succeeded);
        Assert.False((await Run(SandboxMode.Required, [.. copy, _bench.PathOf("b.ts")], master, output)).Succeeded);
        Assert.False((await Run(SandboxMode.Required, [.. copy, "/c.ts"], master, output)).Succeeded);
        Assert.False((await Run(SandboxMode.Required, [.. copy, "/dev/d.ts"], master, output)).Succeeded);
        Assert.False((await Run(SandboxMode.Required, [.. MediaGuards.InputArguments, "-i", master, "-f", "mpegts", "-y", master], master, output)).Succeeded);
        Assert.False(File.Exists(_bench.PathOf("b.ts")));
        Assert.Equal(before, await File.ReadAllBytesAsync(master, Ct));
    }

    [Theory]
    [InlineData(SandboxMode.Off)]
    [InlineData(SandboxMode.Required)]
    public async Task A_file_that_outgrows_its_limit_ends_the_run(SandboxMode mode)
    {
        var output = _bench.PathOf("big.raw");
        var outcome = await Run(
            mode,
            ["-f", "lavfi", "-i", "color=size=640x360:duration=60", "-f", "rawvideo", output],
            outputFolder: _bench.Folder,
            options: new() { Sandbox = mode, MaxFileBytes = 1 << 20 });

        Assert.False(outcome.Succeeded);
        Assert.InRange(new FileInfo(output).Length, 1, 1 << 20);
    }

    [Theory]
    [InlineData(4L << 30, true)]
    [InlineData(512L << 20, false)]
    public async Task Memory_is_bounded(long bytes, bool succeeds)
    {
        var hungry = _bench.Script("head -c 900000000 /dev/zero | tail -c 800000000 > /dev/null");
        foreach (var mode in (SandboxMode[])[SandboxMode.Required, SandboxMode.Off])
        {
            var outcome = await Run(mode, [], options: new() { Sandbox = mode, FfmpegPath = hungry, MaxMemoryBytes = bytes });
            Assert.Equal(succeeds, outcome.Succeeded);
        }
    }

    [Theory]
    [InlineData(SandboxMode.Off)]
    [InlineData(SandboxMode.Required)]
    public async Task The_environment_of_the_service_stays_with_it(SandboxMode mode)
    {
        Environment.SetEnvironmentVariable("FLICKSTREAM_TEST_SECRET", "s3cret");
        var outcome = await Run(mode, [], options: new() { Sandbox = mode, FfmpegPath = _bench.Script("env") });

        Assert.Contains("PATH=", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_bubblewrap_does_not_work_a_warning_says_so_once_and_media_still_run()
    {
        var broken = _bench.Script("echo 'No permissions to create new namespace' >&2; exit 1");
        var log = new ListLogger();
        var runner = MediaBench.Runner(new() { BubblewrapPath = broken }, log);
        var run = new MediaRun { Tool = MediaTool.Ffmpeg, Arguments = ["-version"], Inputs = [], TimeLimit = MediaBench.Limit };

        Assert.True((await runner.RunAsync(run, Ct)).Succeeded);
        Assert.True((await runner.RunAsync(run, Ct)).Succeeded);
        Assert.Contains("No permissions to create new namespace", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_cannot_be_set_are_given_up_with_a_warning()
    {
        var broken = _bench.Script("echo 'failed to set the AS resource limit: Operation not permitted' >&2; exit 1");
        var log = new ListLogger();
        var sandbox = await SandboxProbe.FindAsync(
            new(), TimeProvider.System, log, name => name == "prlimit" ? broken : Executable.Find(name));

        Assert.Null(sandbox.Prlimit);
        Assert.Equal(2, log.Warnings.Count);
        Assert.Contains("Operation not permitted", log.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_required_sandbox_that_is_missing_fails_the_start()
    {
        var runner = MediaBench.Runner(new() { Sandbox = SandboxMode.Required, BubblewrapPath = "no-such-program" });
        await Assert.ThrowsAsync<InvalidOperationException>(runner.PrepareAsync);
    }

    private static readonly string[] Unguarded =
        ["-protocol_whitelist", "file,pipe,http,tcp", "-format_whitelist", "hls,mpegts,concat", "-allowed_extensions", "ALL"];

    private static async Task<bool> HangUpAsync(TcpListener listener)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(Ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<MediaOutcome> Run(
        SandboxMode mode,
        string[] arguments,
        string? input = null,
        string? outputFolder = null,
        MediaOptions? options = null) =>
        MediaBench.Runner(options ?? new() { Sandbox = mode }).RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = arguments,
                Inputs = input is null ? [] : [input],
                OutputFolder = outputFolder,
                TimeLimit = MediaBench.Limit,
            },
            Ct);
}
