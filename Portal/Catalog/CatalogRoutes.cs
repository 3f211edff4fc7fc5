using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Transfer;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Catalog;

internal static class CatalogRoutes
{
    // 60 languages of the longest texts are less.
    private static readonly RequestSizeLimitAttribute OneTitle = new(2 << 20);

    // The option says what is taken of it.
    private static readonly RequestSizeLimitAttribute OneImage = new(100 << 20);

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        var viewers = routes.MapGroup("/api").AllowAnonymous().WithTags("Catalog");
        viewers.MapGet("/titles", BrowseTitles.HandleAsync).WithName("browseTitles").Produces<BrowsePage>();
        viewers.MapGet("/titles/{id}", ShowTitle.HandleAsync).WithName("showTitle").Produces<TitlePage>();
        viewers.MapGet("/titles/{id}/children", ListChildren.HandleAsync).WithName("listChildren");
        viewers.MapGet("/genres", ListGenres.HandleAsync).WithName("listGenres");
        viewers.MapGet("/artwork/{title}/{image}/{file}", GetArtwork.HandleAsync).WithName("getArtwork").Produces<Stream>(200, "image/avif", "image/webp", "image/jpeg", "image/png");
        routes.MapPeople();

        var editors = routes.MapGroup("/api/studio/titles").RequireAuthorization(Scopes.Catalog).WithTags("Studio").WithMetadata(OneTitle);
        editors.MapGet("/", ListTitles.HandleAsync).WithName("listStudioTitles");
        editors.MapPost("/", CreateTitle.HandleAsync).Audited("title_created", "title").WithName("createTitle");
        editors.MapGet("/export", ExportTitles.HandleAsync).WithName("exportTitles").Produces<Stream>(200, ImportTitles.JsonLinesType, ImportTitles.CsvType);
        editors.MapPost("/import", ImportTitles.HandleAsync).Audited("titles_imported", "title").TakesFile(ImportTitles.JsonLinesType, ImportTitles.CsvType).WithName("importTitles");
        editors.MapGet("/{id}", GetTitle.HandleAsync).WithName("getStudioTitle");
        editors.MapPut("/{id}", EditTitle.HandleAsync).Audited("title_edited", "title").TakesIfMatch().WithName("editTitle");
        editors.MapDelete("/{id}", DeleteTitle.HandleAsync).Audited("title_deleted", "title").TakesIfMatch().WithName("deleteTitle");
        editors.MapPost("/{id}/publish", MoveTitle.PublishAsync).Audited("title_published", "title").TakesIfMatch().WithName("publishTitle");
        editors.MapPost("/{id}/withdraw", MoveTitle.WithdrawAsync).Audited("title_withdrawn", "title").TakesIfMatch().WithName("withdrawTitle");
        editors.MapPost("/{id}/redraft", MoveTitle.RedraftAsync).Audited("title_redrafted", "title").TakesIfMatch().WithName("redraftTitle");
        editors.MapPut("/{id}/artwork/{role}", PutArtwork.HandleAsync).TakesFile("image/jpeg", "image/png", "image/webp").WithName("putArtwork").WithMetadata(OneImage)
            .LimitPerKey<CatalogOptions>("artwork", options => options.ArtworkPerMinute).Audited("artwork_put", "title");
        editors.MapDelete("/{id}/artwork/{role}", RemoveArtwork.HandleAsync).Audited("artwork_removed", "title").WithName("removeArtwork");
    }
}
