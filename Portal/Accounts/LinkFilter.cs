using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts;

/// <summary>Lets through what sends or shows a link only where it is known where links lead.</summary>
internal sealed class LinkFilter(IOptions<AccountOptions> options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        options.Value.PublicUrl is not null || context.HttpContext.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
            ? next(context) : ValueTask.FromResult<object?>(AccountProblems.PublicUrlUnset.ToResult());
}
