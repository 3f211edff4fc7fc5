using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>GET: a file of an image, which never changes. Whoever knows its address may have it, as for every picture of a page.</summary>
internal static class GetArtwork
{
    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> HandleAsync(
        string title, string image, string file, ArtworkFiles files, HttpContext http)
    {
        if (await files.OpenAsync(title, image, file, http.RequestAborted) is not { } content) return ArtworkProblems.NotFound.ToResult();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Stream(content, TypeOf(file), entityTag: new EntityTagHeaderValue($"\"{image}-{file}\""));
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".avif" => "image/avif",
        ".webp" => "image/webp",
        ".png" => "image/png",
        _ => "image/jpeg",
    };
}
