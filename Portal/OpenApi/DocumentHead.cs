using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>What holds for all operations.</summary>
internal sealed class DocumentHead : IOpenApiDocumentTransformer
{
    public const string Session = "session";
    public const string ApiKey = "apiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "FlickStream", Version = OpenApiServices.DocumentName };
        // Whoever reads it knows where they have it from.
        document.Servers = [];
        document.AddComponent<IOpenApiSecurityScheme>(Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookie.Name,
            Description = "A person's session. What changes anything needs the header X-FlickStream too, with any value, and a page of the same origin.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "fs_…",
            Description = "A program's API key with one of the scopes named, or with admin.",
        });
        return Task.CompletedTask;
    }
}
