using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Inbox;

internal static class DeleteNotification
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, Readers readers, NotificationStore notifications, HttpContext http)
    {
        if (await readers.FindAsync(id, http) is null) return NotificationProblems.NotFound.ToResult();
        await notifications.ChangeAsync(id, known => known with { IsShown = false, IsDropped = true }, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
