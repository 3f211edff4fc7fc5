using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlickStream.Tests.CloudFront;

/// <summary>CloudFront's API in a process of its own, which judges signatures by AWS's own code.</summary>
internal sealed class InvalidationApi : IAsyncDisposable
{
    public static readonly IReadOnlyDictionary<string, string> Credentials = new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        ["AWS_SESSION_TOKEN"] = "a/session+token=",
    };

    private readonly Process _process;
    private readonly HttpClient _client;

    private InvalidationApi(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _client = new HttpClient { BaseAddress = address };
    }

    internal sealed record Request(int Status, string Path, string ContentType, string Body);

    /// <param name="Requests">In their order, refused ones too.</param>
    /// <param name="Invalidations">The paths of those that were made.</param>
    internal sealed record Log(IReadOnlyList<Request> Requests, IReadOnlyList<string> Invalidations);

    public Uri Address { get; }

    /// <param name="failures">Answers before the first good one: 503, or the code of an error.</param>
    public static async Task<InvalidationApi> StartAsync(params object[] failures)
    {
        var (process, address) = await Node.ServeAsync(
            "api.mjs", [JsonSerializer.Serialize(failures)], Credentials, TestContext.Current.CancellationToken);
        return new InvalidationApi(process, address);
    }

    public async Task<Log> LogAsync() => (await _client.GetFromJsonAsync<Log>("log", TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
