using FlickStream.Platform.Media;

namespace FlickStream.Platform.Tests.Media;

public sealed class MediaRunnerTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<SandboxMode> Modes => [SandboxMode.Required, SandboxMode.Off];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_run_that_succeeds_returns_its_output(SandboxMode mode)
    {
        var master = await _bench.MasterAsync();
        var outcome = await MediaBench.Runner(new() { Sandbox = mode }).RunAsync(Probe(master), Ct);

        Assert.True(outcome.Succeeded, outcome.ToString());
        Assert.Contains("\"nb_frames\": \"25\"", outcome.Output, StringComparison.Ordinal);
        Assert.StartsWith("ffprobe -hide_banner", outcome.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_carries_ffmpegs_words_without_the_paths_of_this_machine()
    {
        var path = _bench.PathOf("not a film.mp4");
        await File.WriteAllTextAsync(path, "nothing", Ct);
        var outcome = await MediaBench.Runner().RunAsync(Probe(path), Ct);

        Assert.False(outcome.Succeeded);
        Assert.Equal(MediaEnd.Exited, outcome.End);
        Assert.Contains("not a film.mp4: Invalid data found", outcome.ErrorTail, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Folder, outcome.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_run_has_a_low_share_of_the_cores_among_the_sessions()
    {
        Assert.SkipUnless(File.Exists("/proc/self/autogroup"), "This kernel does not share the cores out by session.");
        // A process whose session began before the kernel grouped sessions, as under some supervisors, is in no group and is told nothing.
        var script = _bench.Script("cat /proc/self/autogroup; nice");
        var runner = MediaBench.Runner(new() { Sandbox = SandboxMode.Off, FfmpegPath = script });

        var eager = await runner.RunAsync(Quick(), Ct);
        var patient = await runner.RunAsync(Quick() with { Niceness = 10 }, Ct);

        Assert.Matches(@"^(/autogroup-\d+ nice 0\n)?0\n$", eager.Output);
        Assert.EndsWith("nice 10\n10\n", patient.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_tail_keeps_the_last_lines_of_a_long_complaint()
    {
        var script = _bench.Script("i=0; while [ $i -lt 3000 ]; do echo \"line $i of /srv/secret/place.mp4\" >&2; i=$((i+1)); done; exit 3");
        var outcome = await MediaBench.Runner(new() { FfmpegPath = script }).RunAsync(Quick(), Ct);

        Assert.Equal(3, outcome.ExitCode);
        Assert.InRange(outcome.ErrorTail.Length, 4000, 8192);
        Assert.EndsWith("line 2999 of place.mp4", outcome.ErrorTail, StringComparison.Ordinal);
        Assert.StartsWith("line ", outcome.ErrorTail, StringComparison.Ordinal);
        Assert.DoesNotContain("/srv", outcome.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_told_while_ffmpeg_works()
    {
        var master = await _bench.MasterAsync(seconds: 2);
        List<MediaProgress> told = [];
        var outcome = await MediaBench.Runner().RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = [.. MediaGuards.InputArguments, "-i", master, "-f", "mp4", _bench.PathOf("out.mp4")],
                Inputs = [master],
                OutputFolder = _bench.Folder,
                TimeLimit = MediaBench.Limit,
                Progress = told.Add,
            },
            Ct);

        Assert.True(outcome.Succeeded, outcome.ToString());
        Assert.Equal(50, told[^1].Frames);
        Assert.InRange(told[^1].OutTime.TotalSeconds, 1.8, 2.1);
    }

    [Fact]
    public async Task Output_is_streamed_to_its_reader()
    {
        var master = await _bench.MasterAsync(seconds: 2);
        var bytes = 0L;
        var outcome = await MediaBench.Runner().RunAsync(
            Decode(master) with
            {
                ReadOutput = async (stream, ct) =>
                {
                    var buffer = new byte[4096];
                    while (await stream.ReadAsync(buffer, ct) is var read and > 0) bytes += read;
                },
            },
            Ct);

        Assert.True(outcome.Succeeded, outcome.ToString());
        Assert.Equal(50 * 160 * 90 * 3 / 2, bytes);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task A_reader_that_stops_early_does_not_block_the_run()
    {
        var master = await _bench.MasterAsync(seconds: 2);
        var outcome = await MediaBench.Runner().RunAsync(Decode(master) with { ReadOutput = (_, _) => Task.CompletedTask }, Ct);
        Assert.True(outcome.Succeeded, outcome.ToString());
    }

    [Fact]
    public async Task A_reader_that_fails_stops_the_run_and_its_failure_is_passed_on()
    {
        var endless = _bench.Endless("pipe:1") with
        {
            Arguments = ["-f", "lavfi", "-i", "testsrc2", "-f", "rawvideo", "pipe:1", "-metadata", "comment=" + _bench.Folder],
            ReadOutput = (_, _) => throw new InvalidDataException("the reader's own words"),
        };
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => MediaBench.Runner().RunAsync(endless, Ct));

        Assert.Equal("the reader's own words", failure.Message);
        Assert.Equal(0, MediaBench.Running(_bench.Folder));
    }

    [Fact]
    public async Task A_process_that_closes_its_output_is_left_to_finish()
    {
        // ffmpeg closes its progress pipe before it has written the end of its file.
        var script = _bench.Script("trap 'exit 9' INT; echo frame=1; echo progress=end; exec >&-; sleep 0.5; exit 0");
        var outcome = await MediaBench.Runner(new() { FfmpegPath = script }).RunAsync(Quick() with { Progress = _ => { } }, Ct);
        Assert.True(outcome.Succeeded, outcome.ToString());
    }

    [Fact]
    public async Task Kept_output_is_bounded()
    {
        var script = _bench.Script("head -c 20000000 /dev/zero | tr '\\0' x");
        var outcome = await MediaBench.Runner(new() { FfmpegPath = script }).RunAsync(Quick(), Ct);

        Assert.True(outcome.Succeeded, outcome.ToString());
        Assert.Equal(16 << 20, outcome.Output.Length);
    }

    [Fact]
    public async Task An_input_without_whitelists_is_refused_before_anything_starts()
    {
        var master = await _bench.MasterAsync();
        var run = Probe(master) with { Arguments = ["-show_format", master] };
        await Assert.ThrowsAsync<ArgumentException>(() => MediaBench.Runner().RunAsync(run, Ct));

        run = Decode(master) with { Arguments = [.. MediaGuards.InputArguments, "-i", master, "-i", master, "-f", "null", "-"] };
        await Assert.ThrowsAsync<ArgumentException>(() => MediaBench.Runner().RunAsync(run, Ct));
    }

    private static MediaRun Probe(string path) => new()
    {
        Tool = MediaTool.Ffprobe,
        Arguments = ["-v", "error", .. MediaGuards.InputArguments, "-show_streams", "-of", "json", path],
        Inputs = [path],
        TimeLimit = MediaBench.Limit,
    };

    private static MediaRun Decode(string path) => new()
    {
        Tool = MediaTool.Ffmpeg,
        Arguments = ["-v", "error", .. MediaGuards.InputArguments, "-i", path, "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"],
        Inputs = [path],
        TimeLimit = MediaBench.Limit,
    };

    private static MediaRun Quick() => new() { Tool = MediaTool.Ffmpeg, Arguments = [], Inputs = [], TimeLimit = MediaBench.Limit };
}
