using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Made when it is first asked for, and kept: making it takes longer than anything else that strangers may ask for.</summary>
internal sealed class ApiDocument([FromKeyedServices(OpenApiServices.DocumentName)] IOpenApiDocumentProvider provider)
{
    private Made? _made;

    public static async Task<FileContentHttpResult> HandleAsync(ApiDocument document, HttpContext http)
    {
        var made = await document.GetAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(made.Json, "application/json; charset=utf-8", entityTag: made.Tag);
    }

    // Whoever is second while it is being made makes it too; both are the same.
    private async Task<Made> GetAsync(CancellationToken cancellationToken) => _made ??= await MakeAsync(cancellationToken);

    private async Task<Made> MakeAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        var json = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken));
        return new Made(json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 12))}\""));
    }

    private sealed record Made(byte[] Json, EntityTagHeaderValue Tag);
}
