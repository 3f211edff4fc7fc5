using FlickStream.Platform.Delivery.CloudFront;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Platform.Tests.Delivery;

/// <summary>Against a server that recomputes every signature with AWS's own signer.</summary>
public sealed class CloudFrontInvalidationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_request_is_the_one_that_AWS_own_client_sends()
    {
        await using var api = await InvalidationApi.StartAsync();
        using var host = Host(api);
        await host.Delivery.WithdrawAsync("asset-1", Ct);
        await using var other = await InvalidationApi.StartAsync();
        using var client = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "node", ["invalidate.mjs", other.Address.AbsoluteUri, "E2QWRUHAPOMQZL", "/media/asset-1/*", "flickstream:/media/asset-1/*"])
        {
            WorkingDirectory = Node.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = InvalidationApi.Credentials["AWS_ACCESS_KEY_ID"],
                ["AWS_SECRET_ACCESS_KEY"] = InvalidationApi.Credentials["AWS_SECRET_ACCESS_KEY"],
                ["AWS_SESSION_TOKEN"] = InvalidationApi.Credentials["AWS_SESSION_TOKEN"],
            },
        })!;
        await client.WaitForExitAsync(Ct);

        var (ours, theirs) = (await api.LogAsync(), await other.LogAsync());
        Assert.Equal(201, Assert.Single(theirs.Requests).Status);
        Assert.Equal(theirs.Requests, ours.Requests);
        Assert.Equal(["/media/asset-1/*"], ours.Invalidations);
    }

    [Fact]
    public async Task What_passes_by_itself_is_tried_again()
    {
        await using var api = await InvalidationApi.StartAsync(503, "TooManyInvalidationsInProgress", "Throttling", 503);
        using var host = Host(api);
        var withdrawing = host.Delivery.WithdrawAsync("a", Ct);
        await AdvanceUntilDoneAsync(host, withdrawing);
        await withdrawing;
        Assert.Equal([503, 400, 400, 503, 201], (await api.LogAsync()).Requests.Select(r => r.Status));
    }

    [Fact]
    public async Task It_gives_up_after_five_tries_and_says_why()
    {
        await using var api = await InvalidationApi.StartAsync(503, 503, 503, 503, 503, 503);
        using var host = Host(api);
        var withdrawing = host.Delivery.WithdrawAsync("a", Ct);
        await AdvanceUntilDoneAsync(host, withdrawing);
        var fault = await Assert.ThrowsAsync<CloudFrontApiException>(() => withdrawing);
        Assert.Contains("503", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await api.LogAsync()).Requests.Count);
    }

    [Fact]
    public async Task What_does_not_pass_is_not_tried_again()
    {
        await using var api = await InvalidationApi.StartAsync("AccessDenied");
        using var host = Host(api);
        var fault = await Assert.ThrowsAsync<CloudFrontApiException>(() => host.Delivery.WithdrawAsync("a", Ct));
        Assert.Contains("AccessDenied: because", fault.Message, StringComparison.Ordinal);
        Assert.Contains("cloudfront:CreateInvalidation", fault.Message, StringComparison.Ordinal);
        Assert.Single((await api.LogAsync()).Requests);
    }

    [Fact]
    public async Task Asking_twice_makes_one_invalidation()
    {
        await using var api = await InvalidationApi.StartAsync();
        using var host = Host(api, ("BaseUrl", "https://media.example.com/vod/"));
        await host.Delivery.WithdrawAsync("a", Ct);
        await host.Delivery.WithdrawAsync("a", Ct);
        await host.Delivery.WithdrawAsync("b", Ct);
        var log = await api.LogAsync();
        Assert.Equal([201, 201, 201], log.Requests.Select(r => r.Status));
        Assert.Equal(["/vod/media/a/*", "/vod/media/b/*"], log.Invalidations);
    }

    [Fact]
    public async Task A_signature_under_another_secret_is_refused_by_the_server()
    {
        // The server itself must be able to fail.
        await using var api = await InvalidationApi.StartAsync();
        using var message = AwsSignature.Post(
            api.Address, "/2020-05-31/distribution/E1/invalidation", "<a/>"u8.ToArray(), new("AKIDEXAMPLE", "other", "a/session+token="), CloudFrontHost.Start);
        using var client = new HttpClient();
        using var response = await client.SendAsync(message, Ct);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }

    private CloudFrontHost Host(InvalidationApi api, params (string, string)[] settings) =>
        new([SigningKey.Rsa(_folder.Path, "K1")], [("ApiUrl", api.Address.AbsoluteUri), .. settings]);

    /// <summary>The pauses between tries are the clock's, which only the test moves.</summary>
    private static async Task AdvanceUntilDoneAsync(CloudFrontHost host, Task task)
    {
        while (!task.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
