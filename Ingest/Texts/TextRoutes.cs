using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;

namespace FlickStream.Ingest.Texts;

/// <summary>Text that studios upload beside their masters.</summary>
internal static class TextRoutes
{
    public static void MapTexts(this IEndpointRouteBuilder routes)
    {
        var texts = routes.MapGroup("/api/assets/{id}/text").RequireAuthorization(Scopes.Ingest).WithTags("Assets");
        texts.MapPost("/", AddText.Handle).TakesFile("text/vtt", "application/x-subrip", "text/x-ssa", "application/ttml+xml").Audited("text_added", "asset").Produces<TextAnswer>(StatusCodes.Status201Created);
        texts.MapGet("/", ListTexts.Handle).Produces<TextPage>();
        texts.MapDelete("/{textId}", DeleteText.Handle).Audited("text_deleted", "asset").Produces(StatusCodes.Status204NoContent);
    }
}
