using System.Net;
using FlickStream.Platform.Access;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Organisations;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Whose endpoints a caller works on, and what may be one. Another organisation's is not found, like one that never was.</summary>
internal sealed class WebhookDesk(WebhookStore webhooks, OrganisationStore organisations, IOptions<WebhookOptions> options)
{
    private const int MostCharacters = 2000;

    /// <param name="wanted">That the request names; only administrators choose.</param>
    /// <param name="http">The request.</param>
    public async Task<(string? OrganisationId, Problem? Refusal)> OwnerAsync(string? wanted, HttpContext http)
    {
        var caller = Caller.Of(http);
        if ((caller.IsAdmin ? wanted : caller.OrganisationId) is not { } owner) return (null, WebhookProblems.OrganisationNeeded);
        return (wanted is null || wanted == owner) && await organisations.ExistsAsync(owner, http.RequestAborted)
            ? (owner, null) : (null, OrganisationProblems.NotFound);
    }

    public async Task<WebhookEndpoint?> FindAsync(string id, HttpContext http) =>
        await webhooks.GetAsync(id, http.RequestAborted) is { } endpoint && Caller.Of(http).MaySee(endpoint.OrganisationId) ? endpoint : null;

    /// <summary>Where a name leads is looked at when something is sent, each time.</summary>
    public (Uri? Url, Problem? Refusal) UrlOf(string? text)
    {
        var isLoopbackAllowed = options.Value.AllowLoopback;
        if (text is not { Length: > 0 and <= MostCharacters } || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (isLoopbackAllowed && url.Scheme == Uri.UriSchemeHttp))
            || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.IdnHost.Length == 0) return (null, WebhookProblems.UrlInvalid);
        var isPublic = IPAddress.TryParse(url.IdnHost, out var address) ? PublicAddresses.MayReach(address, isLoopbackAllowed)
            : isLoopbackAllowed || !(url.IdnHost == "localhost" || url.IdnHost.EndsWith(".localhost", StringComparison.Ordinal));
        return isPublic ? (url, null) : (null, WebhookProblems.UrlNotPublic);
    }

    /// <summary>Null where there is something else among them, or nothing.</summary>
    public static IReadOnlyList<string>? TypesOf(IReadOnlyList<string>? wanted) =>
        wanted is null ? WebhookTypes.Chosen
        : wanted.Count > 0 && wanted.Distinct().Count() == wanted.Count && wanted.All(WebhookTypes.Chosen.Contains) ? wanted : null;
}
