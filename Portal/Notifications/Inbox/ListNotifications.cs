using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Inbox;

/// <param name="Next">The <c>after</c> of the next page, of which one may be shorter than asked for; null at the end.</param>
/// <param name="Unread">Up to 100, which means so many or more.</param>
internal sealed record NotificationList(IReadOnlyList<NotificationAnswer> Items, string? Next, int Unread);

/// <summary>GET: what the acting profile, and the account where it has no limit, was told, the latest first.</summary>
internal static class ListNotifications
{
    /// <param name="unread">Only those that were not read.</param>
    public static async Task<Results<Ok<NotificationList>, ProblemHttpResult>> HandleAsync(
        Readers readers, HttpContext http, bool unread = false, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var reader = await readers.OfAsync(http);
        var page = await readers.PageAsync(reader, unread, limit, after, http.RequestAborted);
        return TypedResults.Ok(new NotificationList(
            [.. page.Items.Select(item => NotificationAnswer.Of(item.Value, reader.Seen))], page.Next, await readers.UnreadAsync(reader, http.RequestAborted)));
    }
}
