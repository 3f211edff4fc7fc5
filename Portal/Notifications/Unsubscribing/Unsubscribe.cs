using FlickStream.Platform.Access;
using FlickStream.Platform.RateLimits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Unsubscribing;

/// <summary>GET asks whether to end letters, POST ends them: of who follows the link in a letter, and of mailbox providers on a click (RFC 8058, 3.2). Programs
/// that look at every link in a letter only GET.</summary>
internal static class Unsubscribe
{
    /// <param name="token">As the link has it.</param>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> AskAsync(
        UnsubscribeLinks links, IRateLimits limits, IOptions<NotificationOptions> options, HttpContext http, string? token = null)
    {
        var (ending, refusal) = await OpenAsync(token, links, limits, options, http);
        return ending is null ? refusal! : TypedResults.Content(UnsubscribePage.Ask(ending), UnsubscribePage.ContentType);
    }

    /// <param name="token">As the link has it.</param>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> EndAsync(
        UnsubscribeLinks links, MailEnder ender, IRateLimits limits, IOptions<NotificationOptions> options, HttpContext http, string? token = null)
    {
        var (ending, refusal) = await OpenAsync(token, links, limits, options, http);
        if (ending is null) return refusal!;
        await ender.EndAsync(ending, CancellationToken.None);
        return TypedResults.Content(UnsubscribePage.Done(ending), UnsubscribePage.ContentType);
    }

    /// <summary>Wrong ones alone are counted, and nobody learns more of them than that: a provider clicks for all of its people from a few addresses.</summary>
    private static async Task<(MailEnding? Ending, ProblemHttpResult? Refusal)> OpenAsync(
        string? token, UnsubscribeLinks links, IRateLimits limits, IOptions<NotificationOptions> options, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (links.Open(token) is { } ending) return (ending, null);
        var limit = RateLimit.PerMinute(options.Value.WrongLinksPerMinute);
        var wait = await limits.TakeAsync($"unsubscribe:{Network.Of(http.Connection.RemoteIpAddress)}", limit, http.RequestAborted);
        return (null, wait > TimeSpan.Zero ? RateLimitedRoutes.Refuse(http, wait) : NotificationProblems.LinkInvalid.ToResult());
    }
}
