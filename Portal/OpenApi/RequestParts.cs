using System.Text.Json;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Parameters as the rest of the document is written, and what handlers read by themselves: files and If-Match.</summary>
internal sealed class RequestParts : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            // Members of a request class have its members' names.
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            // A list that is left out is an empty one.
            if (parameter.Schema?.Type?.HasFlag(JsonSchemaType.Array) is true) parameter.Required = false;
        }

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IfMatchHeader>().LastOrDefault() is { } match)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = HeaderNames.IfMatch, In = ParameterLocation.Header, Required = match.IsNeeded, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "The ETag of what was seen, or * for whatever there is.",
            });
        }

        if (metadata.OfType<FileBody>().LastOrDefault() is { } file)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = file.ContentTypes.ToDictionary(
                    type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
            };
        }

        return Task.CompletedTask;
    }
}
