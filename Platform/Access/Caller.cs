using System.Security.Claims;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Access;

/// <summary>Who asks, as the owner of what they bring: the organisation of the API key or of the person, else the key or the person
/// themselves; and whether they may see what others brought. Only for routes whose policy lets nobody through unknown.</summary>
/// <param name="Id">As the owner.</param>
/// <param name="IsAdmin">Sees what everybody brought.</param>
/// <param name="OrganisationId">Null for a key or a person of none, such as the key by which a site plays everything.</param>
public sealed record Caller(string Id, bool IsAdmin, string? OrganisationId = null)
{
    /// <summary>The authorization policy of what concerns everybody's: no key of an organisation passes it but an administrator's.</summary>
    public const string OfNoOrganisation = "of-no-organisation";

    /// <summary>The key or the session that the request was admitted by.</summary>
    public static Caller Of(HttpContext http) => new(
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("A request of nobody passed the policy."),
        http.User.HasClaim(BearerKeyHandler.ScopeClaim, Scopes.Admin),
        http.User.FindFirstValue(BearerKeyHandler.OrganisationClaim));

    /// <summary>Who it is, for the record: <c>account:ID</c> or <c>key:ID</c>.</summary>
    public static string NameOf(HttpContext http) => CallerSession.Find(http.User) is { } session
        ? $"account:{session.AccountId}"
        : $"key:{http.User.FindFirstValue(BearerKeyHandler.KeyClaim) ?? throw new InvalidOperationException("A request of nobody passed the policy.")}";

    /// <summary>Whether this caller may see what <paramref name="owner"/> brought; what nobody is known to have brought is the administrators'.</summary>
    public bool MaySee(string? owner) => IsAdmin || owner == Id;

    /// <summary>Whether a key of a scope that is for everybody's, such as <see cref="Scopes.Playback"/> and <see cref="Scopes.Jobs"/>, works on what
    /// <paramref name="owner"/> brought: one of an organisation on its own, one of none on all.</summary>
    public bool MayUse(string? owner) => UsesAll || MaySee(owner);

    /// <summary><see cref="MayUse"/> whatever anybody brought.</summary>
    public bool UsesAll => IsAdmin || OrganisationId is null;
}
