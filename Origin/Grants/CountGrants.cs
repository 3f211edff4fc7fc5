using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>Counts what became of each request for a grant.</summary>
internal sealed class CountGrants(OriginMetrics metrics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        metrics.Granted(answer is ProblemHttpResult refusal ? refusal.ProblemDetails.Extensions["code"]?.ToString() : "made");
        return result;
    }
}
