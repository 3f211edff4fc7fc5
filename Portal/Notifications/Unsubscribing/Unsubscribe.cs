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

    /// <summary>Each guess is paid for before it is looked at. What is right gets it back: a provider clicks for all of its people from a few addresses.</summary>
    private static async Task<(MailEnding? Ending, ProblemHttpResult? Refusal)> OpenAsync(
        string? token, UnsubscribeLinks links, IRateLimits limits, IOptions<NotificationOptions> options, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (key, limit) = ($"unsubscribe:{Network.Of(http.Connection.RemoteIpAddress)}", RateLimit.PerMinute(options.Value.WrongLinksPerMinute));
        var wait = await limits.TakeAsync(key, limit, http.RequestAborted);
        if (wait > TimeSpan.Zero) return (null, RateLimitedRoutes.Refuse(http, wait));
        if (links.Open(token) is not { } ending) return (null, NotificationProblems.LinkInvalid.ToResult());
        await limits.GiveBackAsync(key, limit, CancellationToken.None);
        return (ending, null);
    }
}
