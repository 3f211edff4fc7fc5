using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;

namespace FlickStream.Portal.Profiles;

/// <summary>Stops a child who would make themselves another profile: from within one that has a limit it is shown again, by the password, who sits
/// there.</summary>
internal sealed class GrownUpFilter(ProfileStore profiles, SessionStore sessions) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var session = CallerSession.Of(context.HttpContext);
        var acting = await profiles.ActingAsync(session);
        return acting is { Content.IsLimited: true } && !sessions.IsConfirmed(session) ? AccountProblems.ConfirmationNeeded.ToResult() : await next(context);
    }
}
