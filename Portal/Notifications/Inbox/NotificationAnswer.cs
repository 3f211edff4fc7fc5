using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Notifications.Letters;

namespace FlickStream.Portal.Notifications.Inbox;

/// <param name="Kind">Of which the members that do not belong to it are null.</param>
/// <param name="ProfileId">Whom it is for; null: the account.</param>
/// <param name="Text">In English; an app says it in its own words by the other members.</param>
/// <param name="WorkId">Of a new release: the movie or series; null of many.</param>
/// <param name="Titles">Of a new release: what the reader sees of it.</param>
/// <param name="Followed">Why it was told: <c>series:ID</c>, <c>person:ID</c> or <c>genre:ID</c>.</param>
/// <param name="PlanName">As it was called when this was told.</param>
/// <param name="Price">Such as <c>9.99 USD</c>.</param>
/// <param name="Day">Of the renewal, of the period's end, or until when one can watch, such as <c>2026-01-31</c>.</param>
internal sealed record NotificationAnswer(
    string Id, NotificationKind Kind, string? ProfileId, DateTimeOffset CreatedAt, bool IsRead, string Text, string? WorkId, IReadOnlyList<TitleCard> Titles,
    string? Followed, string? AssetId, string? AssetTitle, ProblemReport? Problem, string? PlanId, string? PlanName, string? Price, string? Day)
{
    public static NotificationAnswer Of(Notification one, SeenNow seen)
    {
        var (about, titles) = (one.About, seen.Of(one));
        return new(
            one.Id, one.Kind, one.ProfileId, one.CreatedAt, one.ReadAt is not null,
            NotificationWords.Of(one.Kind, about, seen.NameOf(about.WorkId), titles), about.WorkId, titles, about.Followed, about.AssetId, about.AssetTitle,
            about.Problem, about.PlanId, about.PlanName, about.Price, about.Day);
    }
}
