using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Platform.RateLimits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Writes to the log each act on sessions and accounts, as its route is called, and how it ended (ASVS 5.0, 16.3.1): whose account, where that is
/// known, and from which address; never what was sent.</summary>
internal sealed class EntranceLog(IRateLimits limits, ILogger<EntranceLog> log) : IEndpointFilter
{
    private const string Done = "done";

    // Strangers are refused as often as they ask; a line for each would fill the disk.
    private static readonly RateLimit Refusals = RateLimit.PerMinute(1);

    /// <summary>Whose account it is about, for an act that nobody is signed in for.</summary>
    public static void About(HttpContext http, Account? account) => http.Items[typeof(EntranceLog)] = account?.Id;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var answer = await next(context);
        if (HttpMethods.IsGet(http.Request.Method)) return answer;
        var result = HandlerAnswer.Chosen(answer);
        var problem = result is ProblemHttpResult refused ? refused.ProblemDetails : null;
        if (problem?.Status == StatusCodes.Status429TooManyRequests
            && await limits.TakeAsync($"told:{Network.Of(http.Connection.RemoteIpAddress)}", Refusals, CancellationToken.None) > TimeSpan.Zero) return answer;
        var account = result is IValueHttpResult { Value: AccountAnswer known } ? known.Id
            : CallerSession.Find(http.User)?.AccountId ?? http.Items[typeof(EntranceLog)] as string ?? "unknown";
        log.LogInformation(
            "{Method} {Route} of account {Account} from {Address}: {Outcome}", http.Request.Method,
            (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, account, http.Connection.RemoteIpAddress, problem?.Extensions["code"] ?? Done);
        return answer;
    }
}
