using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Notifications.Events;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Notifications.Inbox;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Notifications.Unsubscribing;
using FlickStream.Portal.Notifications.Webhooks;
using FlickStream.Portal.Profiles;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Notifications;

internal static class NotificationRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Notifications").WithMetadata(Small);
        people.MapGet("/follows", ListFollows.HandleAsync);
        people.MapPut("/follows/{type}/{id}", ChangeFollow.AddAsync).WithName("follow");
        people.MapDelete("/follows/{type}/{id}", ChangeFollow.RemoveAsync).WithName("unfollow");

        var inbox = people.MapGroup("/notifications");
        inbox.MapGet("/", ListNotifications.HandleAsync);
        inbox.MapGet("/unread", CountUnread.HandleAsync);
        inbox.MapGet("/events", NotificationEvents.HandleAsync).WithName("followNotifications");
        inbox.MapPost("/read-all", ReadAll.HandleAsync).WithName("readAllNotifications");
        inbox.MapPut("/{id}/read", ReadNotification.ReadAsync).WithName("readNotification");
        inbox.MapDelete("/{id}/read", ReadNotification.UnreadAsync).WithName("unreadNotification");
        inbox.MapDelete("/{id}", DeleteNotification.HandleAsync);
        inbox.MapGet("/preferences", ListPreferences.HandleAsync).WithName("listNotificationPreferences");
        inbox.MapPut("/preferences/{kind}", SetPreference.ForAccountAsync).AddEndpointFilter<GrownUpFilter>().WithName("setNotificationPreference");
        inbox.MapPut("/preferences/{kind}/profile", SetPreference.ForProfileAsync).WithName("setProfileNotificationPreference");

        var everybody = routes.MapGroup(UnsubscribeLinks.Path).AllowAnonymous().WithTags("Notifications").WithMetadata(Small);
        everybody.MapGet("/", Unsubscribe.AskAsync).WithName("askToUnsubscribe").Produces<string>(contentType: "text/html");
        everybody.MapPost("/", Unsubscribe.EndAsync).WithName("unsubscribe").Produces<string>(contentType: "text/html");
        routes.MapWebhooks();
    }
}
