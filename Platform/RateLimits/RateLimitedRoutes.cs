using FlickStream.Platform.Access;
using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.RateLimits;

public static class RateLimitedRoutes
{
    private static readonly Problem RateLimited =
        new("rate_limited", 429, "This was asked for too often. Wait as many seconds as Retry-After says, then try again.");

    /// <summary>Refuses what an API key asks for more often than <paramref name="perMinute"/> allows. For routes that need a key.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">Of what is counted; the same in all processes.</param>
    /// <param name="perMinute">How many a minute, from the slice's options.</param>
    public static RouteHandlerBuilder LimitPerKey<TOptions>(this RouteHandlerBuilder route, string name, Func<TOptions, int> perMinute)
        where TOptions : class => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var limit = RateLimit.PerMinute(perMinute(http.RequestServices.GetRequiredService<IOptions<TOptions>>().Value));
        var wait = await http.RequestServices.GetRequiredService<IRateLimits>()
            .TakeAsync($"{name}:{Caller.Of(http).Id}", limit, http.RequestAborted);
        return wait > TimeSpan.Zero ? Refuse(http, wait) : await next(context);
    });

    /// <summary>The answer to what was asked for too often.</summary>
    public static ProblemHttpResult Refuse(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RateLimited.ToResult();
    }
}
