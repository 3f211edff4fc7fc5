using FlickStream.Portal.Notifications.Preferences;

namespace FlickStream.Portal.Notifications;

internal enum NotificationKind
{
    /// <summary>Of a profile: something that it follows has a new title.</summary>
    NewRelease,

    /// <summary>The card is charged soon.</summary>
    RenewalReminder,

    /// <summary>A trial for which no card was given ends soon.</summary>
    TrialEnding,

    /// <summary>It has ended, and nobody may watch until there is a card.</summary>
    TrialEnded,

    /// <summary>A renewal was paid.</summary>
    Renewed,

    PaymentFailed,

    /// <summary>The grace is over, and the renewal not paid.</summary>
    AccessLost,

    SubscriptionEnded,

    /// <summary>Of studios: an asset can be watched.</summary>
    EncodeFinished,

    /// <summary>Of studios: an asset was refused, or its encoding failed.</summary>
    EncodeFailed,
}

internal static class NotificationKinds
{
    /// <summary>What holds where nobody chose.</summary>
    public static Choice Usual(NotificationKind kind) => kind switch
    {
        NotificationKind.NewRelease => new(true, MailChoice.Digest),
        NotificationKind.EncodeFailed => new(true, MailChoice.Now),
        _ when IsLetter(kind) => new(true, MailChoice.Always),
        _ => new(true, MailChoice.Off),
    };

    /// <summary>Subscribers are written about it whatever they choose, and by a letter of its own.</summary>
    public static bool IsLetter(NotificationKind kind) => kind is NotificationKind.RenewalReminder or NotificationKind.TrialEnding
        or NotificationKind.TrialEnded or NotificationKind.PaymentFailed or NotificationKind.AccessLost or NotificationKind.SubscriptionEnded;

    /// <summary>Each profile's own; all others are the account's.</summary>
    public static bool IsOfProfile(NotificationKind kind) => kind is NotificationKind.NewRelease;
}
