using System.Net;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using FlickStream.Platform;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Standalone.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>People sign in at the portal; the board is another process.</summary>
    [Fact]
    public async Task A_session_of_an_administrator_opens_the_queue_and_the_portal_shows_what_it_did_there()
    {
        var options = Options().ToDictionary(option => option.Key, option => option.Value!);
        options["Transcoder__Role"] = "Board";
        await using var board = new ServiceProcess("board", "Transcoder", options);
        await using var portal = new ServiceProcess("portal", "Portal", options);
        await Task.WhenAll(board.StartAsync(Cancellation), portal.StartAsync(Cancellation));
        await Task.WhenAll(board.ReadyAsync(Cancellation), portal.ReadyAsync(Cancellation));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(HttpMethod.Get, board, "/api/jobs", null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(HttpMethod.Get, board, "/api/jobs", await SessionAsync(options, "viewer"))).Status);
        var session = await SessionAsync(options, "admin");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Get, board, "/api/jobs", session)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Get, board, "/api/workers", session)).Status);
        var (status, body) = await AskAsync(HttpMethod.Post, board, "/api/jobs/0123456789abcdef/cancel", session);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("job_not_found", body, StringComparison.Ordinal);

        (status, body) = await AskAsync(HttpMethod.Get, portal, "/api/audit", session);
        Assert.Equal(HttpStatusCode.OK, status);
        var told = JsonElement.Parse(body).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(
            ("job_cancelled", "account:0123456789abcdef", "job:0123456789abcdef"),
            (told.GetProperty("action").GetString(), told.GetProperty("actor").GetString(), told.GetProperty("subject").GetString()));

        async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpMethod method, ServiceProcess service, string path, string? cookie)
        {
            using var request = new HttpRequestMessage(method, $"http://{service.Authority}{path}");
            if (cookie is not null) request.Headers.Add("Cookie", $"{SessionCookie.Name}={cookie}");
            request.Headers.Add("X-FlickStream", "1");
            using var answer = await client.SendAsync(request, Cancellation);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    /// <summary>As a sign-in opens one: in the documents that both share.</summary>
    private static async Task<string> SessionAsync(Dictionary<string, string> options, string role)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(options.Select(option => KeyValuePair.Create(option.Key.Replace("__", ":", StringComparison.Ordinal), (string?)option.Value)));
        builder.AddPlatform();
        await using var platform = builder.Build();
        return (await platform.Services.GetRequiredService<SessionStore>().OpenAsync("0123456789abcdef", role, null, "", "", Cancellation)).Text;
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
