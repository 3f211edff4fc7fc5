using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Notifications.Inbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Events;

/// <param name="Unread">Up to 100, which means so many or more.</param>
/// <param name="Notification">Of an event <c>notification</c>; null of one <c>unread</c>.</param>
internal sealed record NotificationEvent(int Unread, NotificationAnswer? Notification);

/// <summary>
/// GET: server-sent events. <c>unread</c> comes first and whenever the count changes, <c>notification</c> with each new one. A page that comes back
/// with Last-Event-ID is sent what it missed, and some of what it was sent before. The stream ends with its session, and when the session acts as another profile: browsers come back by
/// themselves, then as that one or not at all.
/// </summary>
internal sealed class NotificationEvents(
    Readers readers, NotificationStore notifications, NotificationBell bell, SessionStore sessions, IHostApplicationLifetime lifetime,
    IOptions<NotificationOptions> options, TimeProvider time)
{
    // How far clocks of portals may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    // Whoever was away for longer, or missed more, reads the list.
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(1);
    private const int MostMissed = 500;

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public static async Task<Results<ServerSentEventsResult<NotificationEvent>, ProblemHttpResult>> HandleAsync(NotificationEvents events, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var reader = await events.ReaderAsync(session, http);
        if (events.Listen(session, reader) is not { } listener) return NotificationProblems.TooManyStreams.ToResult();
        // Not with the events, which nobody may ever begin to read.
        http.Response.RegisterForDispose(listener);
        return TypedResults.ServerSentEvents(events.FollowAsync(session, reader, listener, http, http.RequestAborted));
    }

    private Task<Reader> ReaderAsync(Session session, HttpContext http) => readers.OfAsync(session, http);

    private NotificationBell.Listener? Listen(Session session, Reader reader) => bell.Listen(session.AccountId, reader.Boxes, options.Value.EventsPerAccount);

    private async IAsyncEnumerable<SseItem<NotificationEvent>> FollowAsync(
        Session session, Reader reader, NotificationBell.Listener listener, HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellationToken);
        await using var ticks = time.CreateTimer(_ => listener.Ring(), null, options.Value.EventsInterval, options.Value.EventsInterval);
        var unsent = new Unsent(time.GetUtcNow(), ResumedAt(http.Request));
        for (int? unread = null; ;)
        {
            var fresh = unsent.Fresh(await notifications.SinceAsync(reader.Boxes, unsent.From - Overlap, MostMissed, cancellationToken));
            var count = await readers.UnreadAsync(reader, cancellationToken);
            var isChanged = unread != count;
            unread = count;
            foreach (var one in fresh.Where(reader.Sees))
            {
                unsent.Send(one);
                yield return new(new(count, NotificationAnswer.Of(one, reader.Seen)), "notification") { EventId = unsent.EventId };
            }

            if (isChanged) yield return new(new(count, null), "unread") { EventId = unsent.EventId };
            // Whoever writes the events waits for the next one: nothing else is written meanwhile.
            else await http.Response.Body.WriteAsync(Comment, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            if (!await WaitAsync(listener, either.Token) || !await IsOpenAsync(session, cancellationToken)) yield break;
            reader = await readers.OfAsync(session, http);
        }
    }

    /// <summary>False when the host stops, which would else wait for pages that never leave.</summary>
    private async Task<bool> WaitAsync(NotificationBell.Listener listener, CancellationToken cancellationToken)
    {
        try
        {
            await listener.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> IsOpenAsync(Session session, CancellationToken cancellationToken) =>
        (await sessions.ListAsync(session.AccountId, cancellationToken)).Any(one => one.Id == session.Id && one.ProfileId == session.ProfileId);

    private DateTimeOffset? ResumedAt(HttpRequest request)
    {
        var earliest = time.GetUtcNow() - LongestAway;
        return Unsent.TryParse(request.Headers["Last-Event-ID"]) is { } seen ? seen > earliest ? seen : earliest : null;
    }
}
