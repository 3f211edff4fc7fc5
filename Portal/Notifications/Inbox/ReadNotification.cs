using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Inbox;

/// <summary>PUT and DELETE of its being read; doing it again changes nothing.</summary>
internal static class ReadNotification
{
    public static Task<Results<NoContent, ProblemHttpResult>> ReadAsync(
        string id, Readers readers, NotificationStore notifications, TimeProvider time, HttpContext http)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(id, readers, notifications, http, known => known.ReadAt is null ? known with { ReadAt = now } : null);
    }

    public static Task<Results<NoContent, ProblemHttpResult>> UnreadAsync(string id, Readers readers, NotificationStore notifications, HttpContext http) =>
        ChangeAsync(id, readers, notifications, http, known => known.ReadAt is null ? null : known with { ReadAt = null });

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        string id, Readers readers, NotificationStore notifications, HttpContext http, Func<Notification, Notification?> change)
    {
        if (await readers.FindAsync(id, http) is null) return NotificationProblems.NotFound.ToResult();
        await notifications.ChangeAsync(id, change, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
