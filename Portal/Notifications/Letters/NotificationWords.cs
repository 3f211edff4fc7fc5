using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Notifications.Letters;

/// <summary>A notification in English, in which letters are written.</summary>
internal static class NotificationWords
{
    /// <param name="kind">What it is.</param>
    /// <param name="about">Of what.</param>
    /// <param name="work">The movie or series of a new release.</param>
    /// <param name="titles">What of it is new and may be seen.</param>
    public static string Of(NotificationKind kind, About about, string? work, IReadOnlyList<TitleCard> titles) => kind switch
    {
        NotificationKind.NewRelease when about.WorkId is null => $"New: {Named(titles)}.",
        NotificationKind.NewRelease => $"New: {Released(work ?? "a title", titles)}.",
        NotificationKind.RenewalReminder => $"Your subscription ({about.PlanName ?? about.PlanId}) renews on {about.Day} for {about.Price}.",
        NotificationKind.TrialEnding => $"Your trial ({about.PlanName ?? about.PlanId}) ends on {about.Day}. Give a card to watch on, for {about.Price} a month.",
        NotificationKind.TrialEnded => "Your trial has ended, so you cannot watch for now. Give a card, and it goes on at once.",
        NotificationKind.Renewed => $"Your subscription ({about.PlanName ?? about.PlanId}) was renewed for {about.Price}, until {about.Day}.",
        NotificationKind.PaymentFailed when about.Day is null => $"Your card could not be charged {about.Price}. You cannot watch until it is; give another card.",
        NotificationKind.PaymentFailed => $"Your card could not be charged {about.Price}. You can watch until {about.Day}; give another card before.",
        NotificationKind.AccessLost => "Your renewal is still not paid, so you cannot watch for now. Give another card, and it goes on at once.",
        NotificationKind.SubscriptionEnded => "Your subscription has ended.",
        NotificationKind.EncodeFinished => $"{Asset(about)} is encoded and can be watched.",
        NotificationKind.EncodeFailed => $"{Asset(about)} could not be encoded: {about.Problem?.Sentence ?? "the queue has the cause."}",
        _ => throw new InvalidOperationException($"There are no words for {kind}."),
    };

    private static string Named(IReadOnlyList<TitleCard> titles)
    {
        var names = string.Join(", ", titles.Take(3).Select(title => title.Name));
        return titles.Count > 3 ? FormattableString.Invariant($"{names} and {titles.Count - 3} more") : names;
    }

    private static string Released(string work, IReadOnlyList<TitleCard> titles)
    {
        var episodes = titles.Count(title => title.Kind == Kinds.Episode);
        return episodes switch
        {
            0 when titles.FirstOrDefault(title => title.Kind == Kinds.Season) is { Number: { } number } => FormattableString.Invariant($"{work}, season {number}"),
            0 => work,
            1 => $"{work}, {titles.First(title => title.Kind == Kinds.Episode).Name}",
            _ => FormattableString.Invariant($"{work}, {episodes} episodes"),
        };
    }

    private static string Asset(About about) => about.AssetTitle is { Length: > 0 } title ? $"\"{title}\"" : $"Asset {about.AssetId}";
}
