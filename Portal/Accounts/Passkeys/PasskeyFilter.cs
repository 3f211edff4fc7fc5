using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>Lets through where the name that passkeys are bound to is known. Browsers make none for addresses.</summary>
internal sealed class PasskeyFilter(IOptions<AccountOptions> options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        options.Value.PublicUrl is not null || context.HttpContext.Request.Host.Host == "localhost"
            ? next(context) : ValueTask.FromResult<object?>(AccountProblems.PublicUrlUnset.ToResult());
}
