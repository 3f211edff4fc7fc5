using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Search;

internal static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        var viewers = routes.MapGroup("/api/search").AllowAnonymous().WithTags("Search");
        viewers.MapGet("/", SearchTitles.HandleAsync).WithName("searchTitles").Produces<BrowsePage>();
        viewers.MapGet("/suggestions", Suggest.HandleAsync).WithName("suggestSearches").Produces<Suggestions>();
        viewers.MapGet("/like/{id}", LikeTitle.HandleAsync).WithName("listLikeTitles").Produces<BrowsePage>();
    }
}
