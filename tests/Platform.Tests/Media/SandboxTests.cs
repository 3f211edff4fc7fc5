using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
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
    [InlineData("i=0; while [ $i -lt 9 ]; do head -c 300000 /dev/zero > $1/$i; i=$((i+1)); done; $2")]
    [InlineData("i=0; while [ $i -lt 30 ]; do sleep 1009 & i=$((i+1)); done; sleep 1009")]
    [InlineData("for i in 1 2 3; do head -c 200000000 /dev/zero | tail -c 150000000 | sleep 1009 & done; wait")]
    public async Task Files_processes_and_memory_of_a_run_are_bounded_together(string body)
    {
        foreach (var mode in (SandboxMode[])[SandboxMode.Required, SandboxMode.Off])
        {
            foreach (var rest in body.Contains("$2", StringComparison.Ordinal) ? ["true", "sleep 1009"] : new[] { "" })
            {
                var output = Directory.CreateDirectory(_bench.PathOf($"{mode}{rest}")).FullName;
                var script = _bench.Script(body.Replace("$1", $"'{output}'", StringComparison.Ordinal).Replace("$2", rest, StringComparison.Ordinal));
                var options = new MediaOptions
                {
                    Sandbox = mode, FfmpegPath = script, MaxOutputBytes = 2 << 20, MaxProcesses = 24, MaxMemoryBytes = 400L << 20,
                };
                Assert.Equal(MediaEnd.Outgrown, (await Run(mode, [], outputFolder: output, options: options)).End);
            }
        }

        Assert.Equal(0, MediaBench.Running("sleep\01009"));
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

    [Theory]
    [InlineData("echo 'failed to set the AS resource limit: Operation not permitted' >&2; exit 1", "Operation not permitted")]
    [InlineData(null, "prlimit (util-linux) is not installed")]
    public async Task Walls_stay_where_limits_cannot_be_set_but_a_required_sandbox_has_both(string? prlimit, string said)
    {
        var log = new ListLogger();
        // A program below /tmp is not to be seen inside the walls, which fails as well.
        string? Find(string name) => name != "prlimit" ? Executable.Find(name) : prlimit is null ? null : _bench.Script(prlimit);
        var sandbox = await SandboxProbe.FindAsync(new(), TimeProvider.System, log, Find);

        Assert.Equal((true, false), (sandbox.Bubblewrap is not null, sandbox.Prlimit is not null));
        Assert.Contains("without limits", Assert.Single(log.Warnings), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SandboxProbe.FindAsync(new() { Sandbox = SandboxMode.Required }, TimeProvider.System, log, Find));

        log.Warnings.Clear();
        Assert.Null((await SandboxProbe.FindAsync(new() { Sandbox = SandboxMode.Off }, TimeProvider.System, log, Find)).Prlimit);
        Assert.Contains(said, Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_not_asked_for_beyond_those_that_the_machine_sets()
    {
        var table = File.ReadAllLines("/proc/self/limits").Select(line => line switch
        {
            _ when line.StartsWith("Max processes", StringComparison.Ordinal) => $"{"Max processes",-26}{"512",-21}{"600",-21}processes",
            _ when line.StartsWith("Max address space", StringComparison.Ordinal) => $"{"Max address space",-26}{"unlimited",-21}{"unlimited",-21}bytes",
            _ => line,
        });
        var sandbox = new Sandbox(new() { MaxMemoryBytes = 1L << 40 }, "/usr/bin/bwrap", "/usr/bin/prlimit", null)
        {
            Hard = HardLimits.Parse(string.Join('\n', table)),
        };
        var line = sandbox.Wrap("/usr/bin/ffmpeg", [], new() { Tool = MediaTool.Ffmpeg, Arguments = [], Inputs = [], TimeLimit = MediaBench.Limit }).Arguments;
        Assert.Contains("--nproc=600", line);
        Assert.Contains($"--as={1L << 40}", line);
    }

    [Theory]
    [InlineData(SandboxMode.Off)]
    [InlineData(SandboxMode.Required)]
    public async Task What_runs_in_ffmpegs_place_cannot_read_the_environment_of_the_service(SandboxMode mode)
    {
        var own = $"/proc/{Environment.ProcessId}";
        var outcome = await Run(mode, [], options: new() { Sandbox = mode, FfmpegPath = _bench.Script($"cat {own}/environ {own}/maps {own}/task/*/environ; id -u") });
        Assert.Matches(@"^\d+\n$", outcome.Output);

        // Root's ffmpeg could not look for want of capabilities, so that the test must.
        const int GetDumpable = 3;
        if (mode == SandboxMode.Off) Assert.Equal(0, ControlProcess(GetDumpable, 0, 0, 0, 0));
    }

    [Fact]
    public async Task A_required_sandbox_that_is_missing_fails_the_start()
    {
        var runner = MediaBench.Runner(new() { Sandbox = SandboxMode.Required, BubblewrapPath = "no-such-program" });
        await Assert.ThrowsAsync<InvalidOperationException>(runner.PrepareAsync);
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int ControlProcess(int option, nuint two, nuint three, nuint four, nuint five);

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
