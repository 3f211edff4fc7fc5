using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Notifications.Inbox;

/// <summary>Who reads notifications.</summary>
/// <param name="Boxes">Whose they see: the profile's and the account's. What concerns payments and studios is not for profiles with a limit.</param>
/// <param name="Seen">Of new releases.</param>
internal sealed record Reader(IReadOnlyList<string> Boxes, SeenNow Seen)
{
    public bool Sees(Notification notification) =>
        Boxes.Contains(notification.Box) && (notification.Kind is not NotificationKind.NewRelease || Seen.Of(notification).Count > 0);
}

internal sealed class Readers(ProfileStore profiles, SeenReleases seen, ViewingReader viewing, NotificationStore notifications)
{
    // Counted by reading them: whoever has more is told that it is so many or more.
    public const int MostCounted = 100;

    // Of which many may not be seen any more.
    private const int MostPages = 10;

    public async Task<Reader> OfAsync(Session session, HttpContext http)
    {
        var profile = await profiles.ActingAsync(session);
        IReadOnlyList<string> boxes = profile switch
        {
            null => [Notification.BoxOfAccount(session.AccountId)],
            // It stands for one that was deleted.
            { Id.Length: 0 } => [],
            { Content.IsLimited: true } => [Notification.BoxOfProfile(profile.Id)],
            _ => [Notification.BoxOfProfile(profile.Id), Notification.BoxOfAccount(session.AccountId)],
        };
        return new(boxes, await seen.ByAsync(await viewing.ReadAsync(http, null), http.RequestAborted));
    }

    public Task<Reader> OfAsync(HttpContext http) => OfAsync(CallerSession.Of(http), http);

    /// <summary>One that the reader sees; null when there is none.</summary>
    public async Task<Notification?> FindAsync(string id, HttpContext http) =>
        await notifications.GetAsync(id, http.RequestAborted) is { IsShown: true } found && (await OfAsync(http)).Sees(found) ? found : null;

    public async Task<int> UnreadAsync(Reader reader, CancellationToken cancellationToken)
    {
        if (reader.Boxes.Count == 0) return 0;
        var (count, after) = (0, (string?)null);
        for (var pages = 0; pages < MostPages && count < MostCounted; pages++)
        {
            var page = await notifications.ListAsync(reader.Boxes, isUnreadOnly: true, MostCounted, after, cancellationToken);
            count += page.Items.Count(item => reader.Sees(item.Value));
            after = page.Next;
            if (after is null) break;
        }

        return Math.Min(count, MostCounted);
    }

    /// <summary>A page of at most so many; shorter where some are not seen.</summary>
    public async Task<DocumentPage<Notification>> PageAsync(
        Reader reader, bool isUnreadOnly, int limit, string? after, CancellationToken cancellationToken)
    {
        if (reader.Boxes.Count == 0) return new([], null);
        var page = await notifications.ListAsync(reader.Boxes, isUnreadOnly, limit, after, cancellationToken);
        return new([.. page.Items.Where(item => reader.Sees(item.Value))], page.Next);
    }
}
