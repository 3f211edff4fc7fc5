using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>A service alone: what keeps it from starting, and what does not.</summary>
public sealed class ServiceStartTests : IDisposable
{
    // The discard port: nothing listens there.
    private const string Nowhere = "127.0.0.1:9";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-start-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Ingest", "Platform__Blobs", "Disk", "Platform:Blobs is Disk")]
    [InlineData("Transcoder", "Platform__Bus", "InProcess", "Platform:Bus is InProcess")]
    [InlineData("Origin", "Platform__Blobs", "Tape", "'Tape' at 'Platform:Blobs'")]
    [InlineData("Portal", "Platform__Access__AdminKeyFile", "/nowhere", "Platform:Access:AdminKeyFile")]
    [InlineData("Ingest", "Platform__S3__Endpoint", $"http://{Nowhere}", Nowhere)]
    public async Task A_wrong_option_is_told_in_a_sentence(string service, string option, string value, string reason)
    {
        var run = await Cli.Wrap(Path.Combine(AppContext.BaseDirectory, $"FlickStream.{service}"))
            .WithEnvironmentVariables(new Dictionary<string, string?>(Options()) { [option] = value, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancellation);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FlickStream cannot start. ", run.StandardError, StringComparison.Ordinal);
        Assert.Contains(reason, run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.StandardError + run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_works_without_the_bucket_starts_without_it()
    {
        var options = Options().ToDictionary(option => option.Key, option => option.Value!);
        options["Transcoder__Role"] = "Board";
        await using var board = new ServiceProcess("board", "Transcoder", options);
        await using var portal = new ServiceProcess("portal", "Portal", options);
        await Task.WhenAll(board.StartAsync(Cancellation), portal.StartAsync(Cancellation));
        await Task.WhenAll(board.ReadyAsync(Cancellation), portal.ReadyAsync(Cancellation));
    }

    private Dictionary<string, string?> Options()
    {
        var options = new Dictionary<string, string?>
        {
            ["Platform__Hosting"] = "OneMachine",
            ["Platform__DataFolder"] = _folder.FullName,
            ["Platform__Blobs"] = "S3",
            ["Platform__S3__Bucket"] = "masters",
            ["Platform__S3__Endpoint"] = $"http://{Nowhere}",
            ["Platform__S3__AccessKey"] = "key",
            ["Platform__S3__SecretKey"] = "secret",
            ["Platform__S3__Retries"] = "0",
            ["Platform__Bus"] = "Redis",
            ["Platform__Leases"] = "Redis",
            ["Platform__Redis__Connection"] = Nowhere,
            ["Platform__Redis__ConnectTimeout"] = "00:00:00.2",
        };
        foreach (var (name, value) in MongoDatabases.OptionsFor(_folder.FullName)) options[name] = value;
        return options;
    }
}
