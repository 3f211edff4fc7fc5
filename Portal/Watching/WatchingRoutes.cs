using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Watching.Lists;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Portal.Watching.Streams;
using FlickStream.Portal.Watching.Tracks;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Watching;

internal static class WatchingRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapWatching(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Watching").WithMetadata(Small);
        people.MapPost("/titles/{id}/play", PlayTitle.HandleAsync).WithName("playTitle").LimitPerKey<WatchingOptions>("plays", options => options.PlaysPerMinute);
        people.MapGet("/titles/{id}/progress", ShowProgress.HandleAsync).WithName("showProgress");
        people.MapPut("/titles/{id}/tracks", ChooseTracks.HandleAsync).WithName("chooseTracks");
        people.MapGet("/streams", ListStreams.HandleAsync).WithName("listStreams");
        people.MapDelete("/streams/{id}", EndStream.HandleAsync).WithName("endStream");
        people.MapGet("/continue-watching", ListContinue.HandleAsync).WithName("listContinueWatching").Produces<ContinueList>();
        people.MapDelete("/continue-watching/{id}", PutAway.HandleAsync).WithName("stopContinuing");
        people.MapGet("/history", ListHistory.HandleAsync).WithName("listHistory");
        people.MapDelete("/history", ForgetHistory.AllAsync).WithName("forgetHistory");
        people.MapDelete("/history/{id}", ForgetHistory.OneAsync).WithName("forgetTitle");
        people.MapGet("/watchlist", ListWatchlist.HandleAsync).WithName("listWatchlist");
        people.MapPut("/watchlist/{id}", ChangeWatchlist.AddAsync).WithName("addToWatchlist");
        people.MapDelete("/watchlist/{id}", ChangeWatchlist.RemoveAsync).WithName("removeFromWatchlist");
        people.MapGet("/lists", ShowLists.AllAsync).WithName("listOwnLists");
        people.MapPost("/lists", EditLists.CreateAsync).WithName("createList");
        people.MapGet("/lists/{id}", ShowLists.OneAsync).WithName("showOwnList");
        people.MapPut("/lists/{id}", EditLists.RenameAsync).WithName("renameList");
        people.MapDelete("/lists/{id}", EditLists.DeleteAsync).WithName("deleteList");
        people.MapPut("/lists/{id}/titles/{titleId}", EditLists.AddAsync).WithName("addToList");
        people.MapDelete("/lists/{id}/titles/{titleId}", EditLists.RemoveAsync).WithName("removeFromList");

        // Its token says who asks.
        routes.MapPost("/api/streams/heartbeat", Heartbeat.HandleAsync).AllowAnonymous().WithTags("Watching").WithMetadata(Small).WithName("sendHeartbeat");
    }
}
