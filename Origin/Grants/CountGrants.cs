using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>Counts what became of each request for a grant.</summary>
internal sealed class CountGrants(OriginMetrics metrics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        metrics.Granted(HandlerAnswer.Chosen(result) is ProblemHttpResult refusal ? refusal.ProblemDetails.Extensions["code"]?.ToString() : "made");
        return result;
    }
}
