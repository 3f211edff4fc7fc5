using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>What is sent and answered by one type becomes two schemas, because an answer has what a request may leave out: <c>TitleContent</c> and
/// <c>TitleContentInput</c>.</summary>
internal sealed class RequestSchemas : IOpenApiDocumentTransformer
{
    private const string Suffix = "Input";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is not { } schemas) return Task.CompletedTask;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in document.Paths.Values.Where(path => path.Operations is not null))
        {
            foreach (var body in path.Operations!.Values.Select(operation => operation.RequestBody?.Content).Where(content => content is not null).SelectMany(content => content!.Values))
                body.Schema = Sent(body.Schema);
        }

        foreach (var schema in schemas.Values.OfType<OpenApiSchema>())
            foreach (var name in NamesIn(schema, SchemaRules.NotNull).Concat(NamesIn(schema, SchemaRules.Answered))) SchemaRules.NeverNull(schema.Properties!, name);
        return Task.CompletedTask;

        static IEnumerable<string> NamesIn(OpenApiSchema schema, string key) =>
            schema.Metadata?.TryGetValue(key, out var names) is true ? (IEnumerable<string>)names : [];

        IOpenApiSchema? Sent(IOpenApiSchema? schema)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id } reference) return SentOf(id, reference);
            if (schema is not OpenApiSchema inline) return schema;
            var own = (OpenApiSchema)inline.CreateShallowCopy();
            own.Items = Sent(own.Items);
            own.AdditionalProperties = Sent(own.AdditionalProperties);
            own.OneOf = own.OneOf?.Select(one => Sent(one)!).ToList();
            SendMembers(own);
            return own;
        }

        void SendMembers(OpenApiSchema of)
        {
            foreach (var name in of.Properties?.Keys.ToList() ?? []) of.Properties![name] = Sent(of.Properties[name])!;
        }

        IOpenApiSchema SentOf(string id, OpenApiSchemaReference reference)
        {
            if (!schemas.TryGetValue(id, out var found) || found is not OpenApiSchema { Properties.Count: > 0 } answered) return reference;
            if (answered.Metadata?.TryGetValue(SchemaRules.Needed, out var needed) is not true)
            {
                // Of requests alone.
                if (seen.Add(id)) SendMembers(answered);
                return reference;
            }

            if (seen.Add(id))
            {
                var sent = (OpenApiSchema)answered.CreateShallowCopy();
                sent.Metadata = new Dictionary<string, object> { [SchemaRules.NotNull] = answered.Metadata[SchemaRules.NotNull] };
                sent.Required = (ISet<string>)needed;
                document.AddComponent<IOpenApiSchema>(id + Suffix, sent);
                SendMembers(sent);
            }

            return new OpenApiSchemaReference(id + Suffix, document);
        }
    }
}
