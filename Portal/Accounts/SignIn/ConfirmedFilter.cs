using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Lets through who has shown recently who they are.</summary>
internal sealed class ConfirmedFilter(SessionStore sessions) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        sessions.IsConfirmed(CallerSession.Of(context.HttpContext))
            ? next(context) : ValueTask.FromResult<object?>(AccountProblems.ConfirmationNeeded.ToResult());
}
