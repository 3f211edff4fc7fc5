using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Platform.Audit;

/// <summary>That uses of the route are told.</summary>
/// <param name="Action">What; null where its handler says it.</param>
public sealed record AuditedRoute(string? Action);

/// <summary>Every route that changes something by a privilege is one or the other.</summary>
public static class AuditedRoutes
{
    /// <summary>Tells of each use before it is done, be it refused then.</summary>
    /// <param name="route">Only for those who have a scope.</param>
    /// <param name="action">What, such as <c>title_edited</c>.</param>
    /// <param name="subject">To what: this, and the route's <c>id</c> where it has one.</param>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, string action, string subject) => route
        .WithMetadata(new AuditedRoute(action))
        .AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var id = http.Request.RouteValues.TryGetValue("id", out var value) ? $":{Shown(value)}" : "";
            var others = http.Request.RouteValues.Where(other => other.Key != "id").Select(other => Shown(other.Value));
            await http.RequestServices.GetRequiredService<AuditTrail>().AddAsync(http, action, subject + id, string.Join(", ", others));
            return await next(context);
        });

    /// <summary>Its handler tells of what it does, with more than the route knows.</summary>
    /// <exception cref="InvalidOperationException">It did something, and told nothing.</exception>
    public static RouteHandlerBuilder TellsAudit(this RouteHandlerBuilder route) => route
        .WithMetadata(new AuditedRoute(null))
        .AddEndpointFilter(async (context, next) =>
        {
            var answer = await next(context);
            return !IsDone(answer) || AuditTrail.HasTold(context.HttpContext)
                ? answer : throw new InvalidOperationException("A privilege was used, and nothing was told of it.");
        });

    private static bool IsDone(object? answer) => HandlerAnswer.Chosen(answer) is not IStatusCodeHttpResult { StatusCode: >= 400 };

    // Whatever somebody wrote into an address: no id is longer.
    private static string Shown(object? value) => value?.ToString() is { } text ? text[..Math.Min(text.Length, 64)] : "";
}
