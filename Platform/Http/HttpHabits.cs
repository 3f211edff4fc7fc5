using FlickStream.Platform.Health;
using FlickStream.Platform.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Platform.Http;

/// <summary>What all services do alike over HTTP.</summary>
public static class HttpHabits
{
    // The framework answers so where a parameter cannot be read, and does not say which.
    private const string NotParsed = "A parameter of the address is not of its type, such as a word in place of a number; /openapi/v1.json has them.";

    /// <summary>Puts the habits before everything else: problems instead of bare errors, security headers, the same-origin rule,
    /// API keys; and maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>. Call it first after Build.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(ExplainAsync);
        app.UseSameOriginRule();

        // Named here, although WebApplication would add them: it would put them before the exception handler.
        app.UseRouting();
        app.UseAuthenticationOfCallers();
        app.UseAuthorization();

        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        return app;
    }

    internal static void AddHttpHabits(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => PlatformJson.Apply(options.SerializerOptions));
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);

        // A body that cannot be bound is then an exception with words for the caller instead of a bare 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Nobody is looked for where a request brings neither a key nor a cookie, as most of those for pages.</summary>
    private static void UseAuthenticationOfCallers(this WebApplication app)
    {
        app.Use(next =>
        {
            var known = new AuthenticationMiddleware(next, app.Services.GetRequiredService<IAuthenticationSchemeProvider>());
            return http => http.Request.Headers is { Authorization.Count: 0, Cookie.Count: 0 } ? next(http) : known.Invoke(http);
        });

        // As UseAuthentication does it: WebApplication would add another one before everything else.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
    }

    private static Task ExplainAsync(StatusCodeContext page) =>
        HttpProblems.ByStatus.TryGetValue(page.HttpContext.Response.StatusCode, out var problem)
            ? problem.ToResult(problem == HttpProblems.BadRequest ? NotParsed : null).ExecuteAsync(page.HttpContext) : Task.CompletedTask;
}
