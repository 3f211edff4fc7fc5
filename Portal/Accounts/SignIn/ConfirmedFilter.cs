using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Lets through who has shown recently who they are. A session that another process ended is good here for seconds more, and what is done with it behind
/// this filter would stay: it is read anew.</summary>
internal sealed class ConfirmedFilter(SessionStore sessions) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await sessions.IsStillConfirmedAsync(CallerSession.Of(context.HttpContext), context.HttpContext.RequestAborted)
            ? await next(context) : AccountProblems.ConfirmationNeeded.ToResult();
}
