using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.Preferences;

/// <summary>How somebody hears of a kind.</summary>
internal sealed record Choice(bool InApp, MailChoice Mail);

internal enum MailChoice
{
    Off,

    /// <summary>A letter each.</summary>
    Now,

    /// <summary>One letter a day.</summary>
    Digest,

    /// <summary>Nobody chooses: billing writes its own letters.</summary>
    Always,
}

/// <param name="InApp">Null: not chosen here.</param>
/// <param name="Mail">Null: not chosen here.</param>
internal sealed record OwnChoice(bool? InApp, MailChoice? Mail);

/// <summary>What was chosen for an account or, going before that, for a profile. Id: of either.</summary>
[ImmutableObject(true)]
internal sealed record NotificationPreferences(string AccountId, IReadOnlyDictionary<NotificationKind, OwnChoice> Choices)
{
    public static readonly DocumentSchema<NotificationPreferences> Schema =
        new DocumentSchema<NotificationPreferences>("notification_preferences").Field("account", p => p.AccountId).Index("account");
}
