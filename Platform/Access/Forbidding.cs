using FlickStream.Platform.RateLimits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Access;

/// <summary>Refuses a known caller what they may not do, and tells the log of it (ASVS 5.0, 16.3.2).</summary>
internal sealed class Forbidding(TimeProvider time, ILogger<Forbidding> log)
{
    // Whoever tries more is known by these; a line for each try would fill the disk.
    private static readonly RateLimit Told = RateLimit.PerMinute(10);

    // Of this process, so that nobody is refused otherwise while Redis is away.
    private readonly InMemoryRateLimits _told = new(time);

    public async Task ForbidAsync(HttpContext http)
    {
        var caller = Caller.NameOf(http);
        if (await _told.TakeAsync($"forbidden:{caller}", Told, http.RequestAborted) == TimeSpan.Zero)
        {
            log.LogWarning(
                "{Caller} at {Address} may not {Method} {Route}", caller, http.Connection.RemoteIpAddress, http.Request.Method,
                (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        }

        await AccessProblems.Forbidden.ToResult().ExecuteAsync(http);
    }
}
