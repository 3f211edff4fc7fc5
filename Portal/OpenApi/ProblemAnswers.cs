using System.Text.Json.Nodes;
using FlickStream.Portal.Watching.Streams;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>An answer that is no success.</summary>
/// <param name="Title">What is wrong and what to do, for a person.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">What is particular to this case.</param>
/// <param name="Id">Of a fault on our side, by which the administrator finds its cause in the log.</param>
/// <param name="Streams">Of <c>stream_limit</c>: what plays on the account.</param>
internal sealed record ProblemAnswer(string? Type, string Title, int Status, string Code, string? Detail, string? Id, IReadOnlyList<StreamAnswer>? Streams);

/// <summary>Whatever is no success is a problem of one form.</summary>
internal sealed class ProblemAnswers : IOpenApiOperationTransformer
{
    private const string Name = "Problem";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Document is not { } document) return;
        if (document.Components?.Schemas?.ContainsKey(Name) is not true)
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemAnswer), null, cancellationToken);
            // These are left out where there is nothing to say.
            schema.Required?.ExceptWith(["type", "detail", "id", "streams"]);
            if (schema.Properties?["code"] is OpenApiSchema code)
                code.Enum = [.. ProblemCodes.Of(context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints).Select(one => (JsonNode)one)];
            document.AddComponent(Name, schema);
        }

        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Name, document) },
            },
        };
    }
}
