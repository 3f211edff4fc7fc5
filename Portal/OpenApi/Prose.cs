using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Descriptions are the code's own, whose lines end where the code's do.</summary>
internal sealed partial class Prose : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? []) Unwrap(schema);
        return Task.CompletedTask;
    }

    private static void Unwrap(IOpenApiSchema schema)
    {
        if (schema.Description is { } text) schema.Description = LineEnds().Replace(text, " ");
        if (schema is not OpenApiSchema own) return;
        foreach (var part in (own.Properties?.Values ?? []).Concat(own.OneOf ?? [])) Unwrap(part);
    }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineEnds();
}
