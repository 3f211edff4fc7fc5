using FlickStream.Platform.Access;

namespace FlickStream.Ingest.Texts;

/// <summary>Text that studios upload beside their masters.</summary>
internal static class TextRoutes
{
    public static void MapTexts(this IEndpointRouteBuilder routes)
    {
        var texts = routes.MapGroup("/api/assets/{id}/text").RequireAuthorization(Scopes.Ingest);
        texts.MapPost("/", AddText.Handle);
        texts.MapGet("/", ListTexts.Handle);
        texts.MapDelete("/{textId}", DeleteText.Handle);
    }
}
