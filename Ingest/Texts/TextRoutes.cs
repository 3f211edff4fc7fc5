using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Ingest.Texts;

/// <summary>Text that studios upload beside their masters.</summary>
internal static class TextRoutes
{
    public static void MapTexts(this IEndpointRouteBuilder routes)
    {
        var texts = routes.MapGroup("/api/assets/{id}/text").RequireAuthorization(Scopes.Ingest).WithTags("Assets");
        texts.MapPost("/", AddText.Handle).Audited("text_added", "asset").Produces<TextAnswer>(StatusCodes.Status201Created);
        texts.MapGet("/", ListTexts.Handle).Produces<TextPage>();
        texts.MapDelete("/{textId}", DeleteText.Handle).Audited("text_deleted", "asset").Produces(StatusCodes.Status204NoContent);
    }
}
