using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Inbox;

/// <param name="Until">What came later stays unread, as it may not have been seen; null: now.</param>
internal sealed record ReadAllRequest(DateTimeOffset? Until);

internal static class ReadAll
{
    public static async Task<NoContent> HandleAsync(ReadAllRequest request, Readers readers, NotificationStore notifications, TimeProvider time, HttpContext http)
    {
        var reader = await readers.OfAsync(http);
        if (reader.Boxes.Count > 0) await notifications.ReadAllAsync(reader.Boxes, request.Until ?? time.GetUtcNow(), CancellationToken.None);
        return TypedResults.NoContent();
    }
}
