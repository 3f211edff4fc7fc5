namespace FlickStream.Portal.Notifications.Inbox;

/// <param name="Unread">Up to 100, which means so many or more.</param>
internal sealed record UnreadAnswer(int Unread);

internal static class CountUnread
{
    public static async Task<UnreadAnswer> HandleAsync(Readers readers, HttpContext http) =>
        new(await readers.UnreadAsync(await readers.OfAsync(http), http.RequestAborted));
}
