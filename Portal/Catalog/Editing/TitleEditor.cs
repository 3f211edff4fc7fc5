using System.Globalization;
using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Organisations;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>Who may edit what. Another organisation's title is not found, like one that never was.</summary>
internal sealed class TitleEditor(TitleStore titles, OrganisationStore organisations)
{
    public async Task<Title?> FindAsync(string id, HttpContext http) =>
        await titles.GetAsync(id, http.RequestAborted) is { } title && Caller.Of(http).MaySee(title.OwnerId) ? title : null;

    /// <summary>For whom the caller makes titles.</summary>
    /// <param name="wanted">That the request names; only administrators choose.</param>
    /// <param name="http">The request.</param>
    public async Task<(string? OwnerId, Refusal? Refusal)> OwnerAsync(string? wanted, HttpContext http)
    {
        var caller = Caller.Of(http);
        if (caller.IsAdmin && wanted is null) return (null, new(TitleProblems.OrganisationNeeded));
        if (!caller.IsAdmin && wanted is not null && wanted != caller.Id) return (null, new(TitleProblems.OrganisationForeign));
        var owner = caller.IsAdmin ? wanted! : caller.Id;
        if (await organisations.ExistsAsync(owner, http.RequestAborted)) return (owner, null);
        return (null, new(caller.IsAdmin ? OrganisationProblems.NotFound : TitleProblems.OrganisationForeign));
    }

    /// <summary>The revision that the caller has seen; null for <c>*</c>, which is any.</summary>
    public static bool TryReadIfMatch(HttpContext http, out long? revision, out Refusal? refusal)
    {
        (revision, refusal) = (null, null);
        var text = http.Request.Headers.IfMatch.ToString();
        if (text == "*") return true;
        if (text.Length == 0) refusal = new(TitleProblems.IfMatchNeeded);
        else if (text.StartsWith("\"r", StringComparison.Ordinal) && text.EndsWith('"')
            && long.TryParse(text.AsSpan(2..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) revision = seen;
        else refusal = new(TitleProblems.Changed);
        return refusal is null;
    }

    /// <summary>Says in the answer which revision it shows.</summary>
    public static void Tag(HttpContext http, Title title) =>
        http.Response.Headers[HeaderNames.ETag] = string.Create(CultureInfo.InvariantCulture, $"\"r{title.Revision}\"");
}
