using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Letters;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications;

/// <param name="AccountId">Whom it is told.</param>
/// <param name="Profile">Null for what is the account's.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its business identity: of the same key an account or profile is told once.</param>
/// <param name="About">Of what.</param>
/// <param name="IsForDigest">It is written about in the digest, if at all.</param>
internal sealed record Notice(string AccountId, Profile? Profile, NotificationKind Kind, string Key, About About, bool IsForDigest = false)
{
    public string Id => Notification.IdOf(Profile is null ? Notification.BoxOfAccount(AccountId) : Notification.BoxOfProfile(Profile.Id), Key);
}

/// <summary>Tells accounts and profiles, each thing once, in the ways that they chose. It may be broken off anywhere and done again.</summary>
internal sealed class Notifier(
    NotificationStore notifications, PreferenceStore preferences, AccountStore accounts, NotificationLetters letters, IOptions<NotificationOptions> options,
    TimeProvider time)
{
    /// <returns>False when it was told before, or nobody is there.</returns>
    public async Task<bool> TellAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(notice.AccountId, cancellationToken) is not { IsBeingDeleted: false } account) return false;
        var (choice, now) = (await preferences.OfAsync(notice.AccountId, notice.Profile, notice.Kind, cancellationToken), time.GetUtcNow());
        var mail = choice.Mail;
        if (mail is MailChoice.Now && (notice.IsForDigest || await notifications.CountAsync(account.Id, now.AddHours(-1), cancellationToken) >= options.Value.AtOncePerHour))
            mail = MailChoice.Digest;
        var notification = new Notification
        {
            Id = notice.Id, AccountId = notice.AccountId, ProfileId = notice.Profile?.Id, Kind = notice.Kind, About = notice.About, CreatedAt = now,
            IsShown = choice.InApp, IsMailDue = mail is MailChoice.Now,
            DigestAt = mail is MailChoice.Digest ? DigestTimes.After(now, account.TimeZone, options.Value.DigestTime) : null,
        };
        if (!await notifications.AddAsync(notification, cancellationToken)) return false;
        // One that is not posted for a fault now is found by the sweep.
        if (notification.IsMailDue) await letters.PostAsync(notification, cancellationToken);
        return true;
    }
}
