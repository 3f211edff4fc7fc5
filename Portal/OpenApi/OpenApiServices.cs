using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>The document that clients are generated from: every route of this process.</summary>
internal static class OpenApiServices
{
    public const string DocumentName = "v1";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.AddOpenApi(DocumentName, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddSchemaTransformer<SchemaRules>();
            options.AddOperationTransformer<OperationNames>();
            options.AddOperationTransformer<OperationAccess>();
            options.AddOperationTransformer<ProblemAnswers>();
            options.AddOperationTransformer<RequestParts>();
            options.AddDocumentTransformer<DocumentHead>();
            options.AddDocumentTransformer<RequestSchemas>();
            options.AddDocumentTransformer<Prose>();
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/openapi/{DocumentName}.json", ApiDocument.HandleAsync).AllowAnonymous().ExcludeFromDescription();
}
