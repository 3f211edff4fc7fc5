using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>What may be left out. Answers always have all their members but those that another's standard has them leave out. Of requests those are needed that are marked so: a handler that refuses
/// one with a code of its own must be able to see that it is missing. What is both, <see cref="RequestSchemas"/> tells apart.</summary>
internal sealed class SchemaRules : IOpenApiSchemaTransformer
{
    /// <summary>In a schema's metadata: which members a request needs.</summary>
    public const string Needed = "flickstream-needed";

    /// <summary>In a schema's metadata: which members are never null. That a member is of another schema is known only once the document is whole.</summary>
    public const string NotNull = "flickstream-not-null";

    /// <summary>In a schema's metadata: which members are null in no answer, though a request may leave them out.</summary>
    public const string Answered = "flickstream-answered";

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        PlainNumbers(schema);
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(ReadAsAttribute), inherit: true) is [ReadAsAttribute read])
            await ReadAsync(schema, read.Type, context, cancellationToken);
        if (WordsOf(context) is { } words) Name(schema, words);
        if (schema.Properties is not { Count: > 0 } members || context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object) return;
        var properties = context.JsonTypeInfo.Properties.Where(member => members.ContainsKey(member.Name)).ToList();
        var isRequest = SchemaNames.IsRequest(context.JsonTypeInfo.Type);
        schema.Required = NamesOf(properties, member => isRequest ? Has<RequiredAttribute>(member) : !Has<JsonIgnoreAttribute>(member));
        schema.Metadata ??= new Dictionary<string, object>();
        schema.Metadata[NotNull] = NamesOf(properties, Has<RequiredAttribute>);
        if (!isRequest)
        {
            schema.Metadata[Needed] = NamesOf(properties, member =>
                Has<RequiredAttribute>(member) || member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false });
            schema.Metadata[Answered] = NamesOf(properties, Has<AlwaysAnsweredAttribute>);
        }
    }

    /// <summary>Takes null from what a member may be.</summary>
    public static void NeverNull(IDictionary<string, IOpenApiSchema> members, string name)
    {
        if (members[name] is not OpenApiSchema member) return;
        member.Type &= ~JsonSchemaType.Null;
        if (member.Enum is { } words) member.Enum = [.. words.Where(word => word is not null && !word.IsJsonNullSentinel())];
        if (member.OneOf is [OpenApiSchema { Type: JsonSchemaType.Null }, var only]) members[name] = only;
    }

    private static async Task ReadAsync(OpenApiSchema schema, Type type, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var read = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
        (schema.Type, schema.Properties) = (JsonSchemaType.Object | JsonSchemaType.Null, read.Properties);
        schema.AdditionalPropertiesAllowed = false;
    }

    private static bool Has<T>(JsonPropertyInfo member)
        where T : Attribute => member.AttributeProvider?.IsDefined(typeof(T), inherit: true) is true;

    private static SortedSet<string> NamesOf(IEnumerable<JsonPropertyInfo> members, Func<JsonPropertyInfo, bool> which) =>
        new(members.Where(which).Select(member => member.Name), StringComparer.Ordinal);

    private static IReadOnlyList<string>? WordsOf(OpenApiSchemaTransformerContext context)
    {
        var said = context.JsonPropertyInfo?.AttributeProvider ?? (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;
        return said?.GetCustomAttributes(typeof(OneOfAttribute), inherit: true) is [OneOfAttribute one, ..] ? one.Words : null;
    }

    // Of a list it is each item.
    private static void Name(OpenApiSchema schema, IReadOnlyList<string> words)
    {
        var named = schema.Items as OpenApiSchema ?? schema;
        named.Enum = [.. words.Select(word => (JsonNode)word)];
        if (named.Type?.HasFlag(JsonSchemaType.Null) is true) named.Enum.Add(JsonNullSentinel.JsonNull);
    }

    // Numbers are also read from text, which nobody should rely on.
    private static void PlainNumbers(OpenApiSchema schema)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0) return;
        schema.Type = type & ~JsonSchemaType.String;
        schema.Pattern = null;
    }
}
