using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Operations are named as the class that handles them, which is one intent, unless the route has a name of its own. So the names hold
/// when paths change.</summary>
internal sealed class OperationNames : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType;
        operation.OperationId = metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName
            ?? (handler is null || handler.IsDefined(typeof(CompilerGeneratedAttribute)) ? null : JsonNamingPolicy.CamelCase.ConvertName(handler.Name));
        return Task.CompletedTask;
    }
}
