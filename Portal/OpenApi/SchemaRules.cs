using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>What may be left out. Answers always have all their members but those that another's standard has them leave out. Of requests those are needed that are marked so: a handler that refuses
/// one with a code of its own must be able to see that it is missing.</summary>
internal sealed class SchemaRules : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        PlainNumbers(schema);

        // A member's own schema: it is looked at with its record.
        if (context.JsonPropertyInfo is not null || schema.Properties is not { Count: > 0 } members) return Task.CompletedTask;
        var needed = SchemaNames.IsRequest(context.JsonTypeInfo.Type)
            ? context.JsonTypeInfo.Properties
                .Where(member => member.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) is true).Select(member => member.Name)
            : context.JsonTypeInfo.Properties
                .Where(member => member.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) is not true).Select(member => member.Name);
        schema.Required = new SortedSet<string>(needed.Where(members.ContainsKey), StringComparer.Ordinal);
        if (!SchemaNames.IsRequest(context.JsonTypeInfo.Type)) return Task.CompletedTask;
        foreach (var member in schema.Required.Select(name => members[name]).OfType<OpenApiSchema>()) member.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    // Numbers are also read from text, which nobody should rely on.
    private static void PlainNumbers(OpenApiSchema schema)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0) return;
        schema.Type = type & ~JsonSchemaType.String;
        schema.Pattern = null;
    }
}
