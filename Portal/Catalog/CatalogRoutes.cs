using FlickStream.Platform.Access;
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
        viewers.MapGet("/titles", BrowseTitles.HandleAsync).WithName("BrowseTitles").Produces<BrowsePage>();
        viewers.MapGet("/titles/{id}", ShowTitle.HandleAsync).WithName("ShowTitle").Produces<TitlePage>();
        viewers.MapGet("/titles/{id}/children", ListChildren.HandleAsync).WithName("ListChildren");
        viewers.MapGet("/genres", ListGenres.HandleAsync).WithName("ListGenres");
        viewers.MapGet("/artwork/{title}/{image}/{file}", GetArtwork.HandleAsync).WithName("GetArtwork").Produces(200, null, "image/avif", "image/webp", "image/jpeg", "image/png");
        routes.MapPeople();

        var editors = routes.MapGroup("/api/studio/titles").RequireAuthorization(Scopes.Catalog).WithTags("Studio").WithMetadata(OneTitle);
        editors.MapGet("/", ListTitles.HandleAsync).WithName("ListStudioTitles");
        editors.MapPost("/", CreateTitle.HandleAsync).WithName("CreateTitle");
        editors.MapGet("/export", ExportTitles.HandleAsync).WithName("ExportTitles").Produces(200, null, ImportTitles.JsonLinesType, ImportTitles.CsvType);
        editors.MapPost("/import", ImportTitles.HandleAsync).WithName("ImportTitles");
        editors.MapGet("/{id}", GetTitle.HandleAsync).WithName("GetStudioTitle");
        editors.MapPut("/{id}", EditTitle.HandleAsync).WithName("EditTitle");
        editors.MapDelete("/{id}", DeleteTitle.HandleAsync).WithName("DeleteTitle");
        editors.MapPost("/{id}/publish", MoveTitle.PublishAsync).WithName("PublishTitle");
        editors.MapPost("/{id}/withdraw", MoveTitle.WithdrawAsync).WithName("WithdrawTitle");
        editors.MapPost("/{id}/redraft", MoveTitle.RedraftAsync).WithName("RedraftTitle");
        editors.MapPut("/{id}/artwork/{role}", PutArtwork.HandleAsync).WithName("PutArtwork").WithMetadata(OneImage)
            .LimitPerKey<CatalogOptions>("artwork", options => options.ArtworkPerMinute);
        editors.MapDelete("/{id}/artwork/{role}", RemoveArtwork.HandleAsync).WithName("RemoveArtwork");
    }
}
