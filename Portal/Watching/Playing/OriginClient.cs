using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlickStream.Platform.Access;
using FlickStream.Platform.Json;
using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>Grants of an origin in another process, asked for with an API key.</summary>
internal sealed class OriginClient(IOptions<WatchingOptions> options, IOptions<AccessOptions> access, ILogger<OriginClient> log) : IPlayback, IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = options.Value.OriginTimeout,
    };

    // Without an origin nothing plays, and there is nobody who could confirm it.
    private bool IsNowhere => options.Value.OriginUrl is null;

    public async Task<PlaybackAnswer> GrantAsync(PlaybackRequest request, HttpContext http, Func<string, Task>? beside = null)
    {
        using var asked = await AskAsync(HttpMethod.Post, "", request, http.RequestAborted, http.Request);
        if (asked is not { IsSuccessStatusCode: true }) return new(null, await ProblemOfAsync(asked, http.RequestAborted));
        // For the CDN; they are set for a domain that the browser shares with it.
        foreach (var cookie in asked.Headers.TryGetValues(HeaderNames.SetCookie, out var cookies) ? cookies : [])
            http.Response.Headers.Append(HeaderNames.SetCookie, cookie);
        var grant = await asked.Content.ReadFromJsonAsync<PlaybackGrant>(PlatformJson.Options, http.RequestAborted);
        if (beside is not null) await beside(grant!.GrantId);
        return new(grant, null);
    }

    public async Task<Problem?> RenewAsync(string grantId, CancellationToken cancellationToken)
    {
        using var asked = await AskAsync(HttpMethod.Post, $"/{grantId}/heartbeat", null, cancellationToken);
        return asked is { IsSuccessStatusCode: true } ? null : await ProblemOfAsync(asked, cancellationToken);
    }

    public async Task<Problem?> EndAsync(string grantId, CancellationToken cancellationToken)
    {
        if (IsNowhere) return null;
        using var asked = await AskAsync(HttpMethod.Delete, $"/{grantId}", null, cancellationToken);
        return asked is { IsSuccessStatusCode: true } ? null : await ProblemOfAsync(asked, cancellationToken);
    }

    public async Task<Problem?> EndAllAsync(string viewer, CancellationToken cancellationToken)
    {
        if (IsNowhere) return null;
        using var asked = await AskAsync(HttpMethod.Delete, $"?viewer={Uri.EscapeDataString(viewer)}", null, cancellationToken);
        return asked is { IsSuccessStatusCode: true } ? null : await ProblemOfAsync(asked, cancellationToken);
    }

    public async Task<PlayingAnswer> PlayingAsync(string viewer, CancellationToken cancellationToken)
    {
        if (IsNowhere) return new([], null);
        using var asked = await AskAsync(HttpMethod.Get, $"?viewer={Uri.EscapeDataString(viewer)}", null, cancellationToken);
        if (asked is not { IsSuccessStatusCode: true }) return new(null, await ProblemOfAsync(asked, cancellationToken));
        return new((await asked.Content.ReadFromJsonAsync<PlayingGrants>(PlatformJson.Options, cancellationToken))!.GrantIds, null);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null where there is no origin, or it does not answer.</summary>
    /// <param name="viewers">For what is answered by addresses: the viewer's request, whose host they are to have.</param>
    private async Task<HttpResponseMessage?> AskAsync(
        HttpMethod method, string path, PlaybackRequest? body, CancellationToken cancellationToken, HttpRequest? viewers = null)
    {
        if (options.Value.OriginUrl is not { } origin)
        {
            log.LogError("Watching:OriginUrl is not set, so that nothing can be played.");
            return null;
        }

        try
        {
            using var request = new HttpRequestMessage(method, new Uri(origin, $"/api/playback{path}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync(cancellationToken));
            if (body is not null) request.Content = JsonContent.Create(body, options: PlatformJson.Options);
            if (viewers is not null)
            {
                request.Headers.Host = viewers.Host.Value;
                request.Headers.Add("X-Forwarded-Proto", viewers.Scheme);
            }

            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException || IsLate(fault, cancellationToken))
        {
            log.LogWarning(fault, "The origin at {Origin} gave no answer", origin);
            return null;
        }
    }

    private static bool IsLate(Exception fault, CancellationToken cancellationToken) => fault is TaskCanceledException && !cancellationToken.IsCancellationRequested;

    // Read anew each time, so that whoever changes it need not start anything again.
    private async Task<string> KeyAsync(CancellationToken cancellationToken) =>
        (options.Value.OriginKeyFile ?? access.Value.AdminKeyFile) is { Length: > 0 } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";

    private async Task<Problem> ProblemOfAsync(HttpResponseMessage? answer, CancellationToken cancellationToken)
    {
        if (answer is null) return WatchingProblems.PlaybackUnavailable;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            log.LogError("The origin refuses the portal: {Status}. Watching:OriginKeyFile must hold a key of scope playback", (int)answer.StatusCode);
            return WatchingProblems.PlaybackUnavailable;
        }

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new(problem.GetProperty("code").GetString()!, (int)answer.StatusCode, problem.GetProperty("title").GetString()!);
    }
}
