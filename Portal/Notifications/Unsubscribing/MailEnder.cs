using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Notifications.Unsubscribing;

/// <summary>Does what a link says. May be done any number of times, and again after it failed half way.</summary>
internal sealed class MailEnder(AccountStore accounts, ProfileStore profiles, PreferenceStore preferences)
{
    private static readonly NotificationKind[] OfProfiles = [.. Enum.GetValues<NotificationKind>().Where(NotificationKinds.IsOfProfile)];

    public async Task EndAsync(MailEnding ending, CancellationToken cancellationToken)
    {
        var id = ending.AccountId;
        if (await accounts.GetAsync(id, cancellationToken) is null) return; // Nobody is written to any more.
        var shared = await preferences.ReadAsync(id, cancellationToken);
        var kinds = ending.Kinds.Concat(ending.IsDigest ? Enum.GetValues<NotificationKind>().Where(IsInDigest) : []).Distinct().ToList();
        await preferences.EndMailAsync(id, id, kinds, cancellationToken);
        foreach (var profile in await profiles.ListAsync(id, cancellationToken))
        {
            if (ending.ProfileIds.Contains(profile.Id) || (ending.IsDigest && await HasOwnDigestAsync(profile)))
                await preferences.EndMailAsync(id, profile.Id, OfProfiles, cancellationToken);
        }

        bool IsInDigest(NotificationKind kind) => PreferenceStore.Merge(shared, null, null, kind).Mail is MailChoice.Digest;

        async Task<bool> HasOwnDigestAsync(Profile profile) =>
            (await preferences.ReadAsync(profile.Id, cancellationToken))?.Choices.Values.Any(choice => choice.Mail is MailChoice.Digest) ?? false;
    }
}
