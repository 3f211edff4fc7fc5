using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Run;

/// <summary>What a person sees who starts it in a way that cannot work.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Help_is_no_error()
    {
        var help = await RunAsync("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--port", help.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no option --prot.", "--prot", "1")]
    [InlineData("--port needs a value.", "--port")]
    [InlineData("There is no file film.mov.", "film.mov")]
    public async Task A_command_that_is_not_understood_says_what_is_wrong(string sentence, params string[] arguments)
    {
        var answer = await RunAsync(arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.StartsWith(sentence, answer.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var answer = await RunAsync("--data", _folder.FullName, "--empty", "--port", $"{port}");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains($"Port {port} is taken", answer.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.StandardError + answer.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_told_in_a_sentence()
    {
        var answer = await RunAsync(["--data", _folder.FullName, "--empty", "--port", "0"], ("Worker__EncodeSlots", "-1"));

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("EncodeSlots", answer.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.StandardError + answer.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_MongoDB_that_does_not_answer_is_told_in_a_sentence()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var server = closed.LocalEndpoint.ToString();
        closed.Stop();

        var answer = await RunAsync(
            ["--data", _folder.FullName, "--empty", "--port", "0"],
            ("Platform__Documents", "Mongo"), ("Platform__Mongo__ConnectionString", $"mongodb://{server}"), ("Platform__Mongo__ServerWait", "00:00:01"));

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains($"No MongoDB server that takes writes answered at {server} within 00:00:01", answer.StandardError, StringComparison.Ordinal);
        Assert.Contains("Platform:Mongo:ConnectionString", answer.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.StandardError + answer.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_amid_the_start_is_no_failure()
    {
        var cancellation = TestContext.Current.CancellationToken;
        // A database that is asked and says nothing: the start waits for it when the stop comes.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var run = RunningProcess.Start(new ProcessStartInfo(
            RunningFlickStream.Program, ["--data", _folder.FullName, "--empty", "--port", "0"])
        {
            Environment =
            {
                ["Platform__Documents"] = "Mongo",
                ["Platform__Mongo__ConnectionString"] = $"mongodb://{silent.LocalEndpoint}",
                ["Platform__Mongo__ServerWait"] = "00:05:00",
            },
        });
        using var asked = await silent.AcceptTcpClientAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(1), cancellation);

        Assert.Equal(0, await run.StopAsync());
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_master_that_is_not_taken_is_told_in_a_sentence_and_keeps_no_other_out()
    {
        var cancellation = TestContext.Current.CancellationToken;
        string[] masters = [Path.Combine(_folder.FullName, "two\nlines.mov"), Path.Combine(_folder.FullName, "other.mov")];
        foreach (var master in masters) await File.WriteAllTextAsync(master, "Not a film.", cancellation);

        await using var run = await RunningFlickStream.StartAsync(masters, cancellation);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 0; !IsTold("(upload_metadata_invalid)") || !IsTold("(not_media)"); looks++)
        {
            Assert.True(looks < 300, run.Output);
            await timer.WaitForNextTickAsync(cancellation);
        }

        Assert.True(IsTold("lines: not taken in: Upload-Metadata is not valid."), run.Output);
        Assert.False(IsTold("   at "), run.Output);

        bool IsTold(string words) => run.Output.Contains(words, StringComparison.Ordinal);
    }

    private static Task<BufferedCommandResult> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    private static async Task<BufferedCommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] settings) =>
        await Cli.Wrap(RunningFlickStream.Program)
            .WithArguments(arguments)
            .WithEnvironmentVariables(settings.ToDictionary(s => s.Name, s => (string?)s.Value))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
