using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts;

/// <summary>Lets through what costs money only where the account is not to be deleted.</summary>
internal sealed class StayingFilter(AccountStore accounts) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await accounts.GetAsync(CallerSession.Of(context.HttpContext).AccountId, context.HttpContext.RequestAborted) is { DeletionAt: not null }
            ? AccountProblems.Leaving.ToResult() : await next(context);
}
