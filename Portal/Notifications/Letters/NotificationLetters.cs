using System.Globalization;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Notifications.Inbox;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Notifications.Unsubscribing;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Letters;

/// <summary>Posts notifications, one a letter or those of a day in one, each letter once by its business identity. What cannot be seen any more,
/// what is not wanted by mail any more, and of a digest what was read or deleted in the app, is not written about.</summary>
internal sealed class NotificationLetters(
    MailQueue mail, AccountStore accounts, ProfileStore profiles, NotificationStore notifications, PreferenceStore preferences, SeenReleases seen,
    UnsubscribeLinks links, IOptions<AccountOptions> options, TimeProvider time)
{
    private const int MostLines = 50;

    /// <summary>A letter of its own, if it is due still.</summary>
    public async Task PostAsync(Notification due, CancellationToken stop)
    {
        if (await WrittenAsync(due, stop) is not { } notification) return;
        if (await accounts.GetAsync(notification.AccountId, stop) is { } account && await LineOfAsync(notification, stop) is { } line)
        {
            var end = links.To(MailEnding.Of(account.Id, isDigest: false, [notification], time.GetUtcNow()));
            await mail.PostAsync(
                new Letter(account.Email, SubjectOf(notification.Kind), $"{line}\n\n{Footer(end)}") { Unsubscribe = end }, stop, $"notification:{notification.Id}");
        }

        await notifications.ChangeAsync(notification.Id, known => known with { IsMailDue = false }, stop);
    }

    /// <summary>What an account is told at one time.</summary>
    public async Task PostDigestAsync(string accountId, DateTimeOffset at, CancellationToken stop)
    {
        var (all, told, lines, more) = (new List<Notification>(), new List<Notification>(), new List<string>(), 0);
        foreach (var due in await notifications.DigestAsync(accountId, at, stop))
            if (await WrittenAsync(due, stop) is { } one) all.Add(one);
        foreach (var one in all.Where(one => one is { ReadAt: null, IsDropped: false }))
        {
            if (await LineOfAsync(one, stop) is not { } line) continue;
            told.Add(one);
            if (lines.Count == MostLines) more++;
            else lines.Add(await ForAsync(one, line, stop));
        }

        if (more > 0) lines.Add(FormattableString.Invariant($"and {more} more, in the app"));
        if (lines.Count > 0 && await accounts.GetAsync(accountId, stop) is { } account)
        {
            var end = links.To(MailEnding.Of(account.Id, isDigest: true, told, time.GetUtcNow()));
            var text = $"{string.Join('\n', lines.Select(line => $"- {line}"))}\n\n{Footer(end)}";
            await mail.PostAsync(
                new Letter(account.Email, "What is new for you", text) { Unsubscribe = end }, stop,
                string.Create(CultureInfo.InvariantCulture, $"digest:{accountId}:{at.ToUnixTimeSeconds()}"));
        }

        foreach (var one in all) await notifications.ChangeAsync(one.Id, known => known with { DigestAt = null }, stop);
    }

    /// <summary>As it is, and stays, while it is written about; null where it is gone.</summary>
    private Task<Notification?> WrittenAsync(Notification due, CancellationToken stop) =>
        notifications.ChangeAsync(due.Id, known => known.IsWritten ? null : known with { IsWritten = true }, stop);

    /// <summary>Null where there is nothing left to tell.</summary>
    private async Task<string?> LineOfAsync(Notification notification, CancellationToken stop)
    {
        var profile = await ProfileOfAsync(notification, stop);
        // What was chosen since it was told holds.
        if ((await preferences.OfAsync(notification.AccountId, profile, notification.Kind, stop)).Mail is MailChoice.Off) return null;
        if (notification.Kind is not NotificationKind.NewRelease) return NotificationWords.Of(notification.Kind, notification.About, null, []);
        if (profile is not { Content.IsKids: false }) return null;
        var titles = await seen.ByAsync(profile, stop);
        return titles.Of(notification) is { Count: > 0 } cards
            ? NotificationWords.Of(notification.Kind, notification.About, titles.NameOf(notification.About.WorkId), cards) : null;
    }

    private async Task<string> ForAsync(Notification notification, string line, CancellationToken stop) =>
        await ProfileOfAsync(notification, stop) is { Place: > 1, Content.Name: { } name } ? $"{name}: {line}" : line;

    private async Task<Profile?> ProfileOfAsync(Notification notification, CancellationToken stop) =>
        notification.ProfileId is { } id ? await profiles.GetAsync(notification.AccountId, id, stop) : null;

    /// <param name="end">Null only where the site has no address.</param>
    private string Footer(string? end) => options.Value.PublicUrl is { } url
        ? $"You choose what you are written about at {url.ToString().TrimEnd('/')}/account/notifications\nNo more letters like this one: {end}"
        : "You choose in your account what you are written about.";

    private static string SubjectOf(NotificationKind kind) => kind switch
    {
        NotificationKind.NewRelease => "New for you",
        NotificationKind.Renewed => "Your subscription was renewed",
        NotificationKind.EncodeFinished => "Your title is ready",
        NotificationKind.EncodeFailed => "Your title could not be encoded",
        _ => throw new InvalidOperationException($"Letters about {kind} are not written here."),
    };
}
