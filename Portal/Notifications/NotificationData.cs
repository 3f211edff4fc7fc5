using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Notifications;

/// <summary>What an account and its profiles were told, follow and chose.</summary>
internal sealed class NotificationData(NotificationStore notifications, FollowStore follows, PreferenceStore preferences) : IPersonalData, IProfileData
{
    public string Section => "notifications";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) => new
    {
        Follows = await follows.OfAccountAsync(accountId, cancellationToken)
            .Select(follow => new { follow.Value.ProfileId, follow.Value.Type, Id = follow.Value.TargetId, follow.Value.Since }).ToListAsync(cancellationToken),
        Preferences = (await preferences.OfAccountAsync(accountId, cancellationToken))
            .Select(chosen => new { ProfileId = chosen.Id == accountId ? null : chosen.Id, chosen.Value.Choices }).ToList(),
        Told = await notifications.OfAccountAsync(accountId, cancellationToken)
            .Select(told => new { told.Value.ProfileId, told.Value.Kind, told.Value.CreatedAt, told.Value.ReadAt, told.Value.About }).ToListAsync(cancellationToken),
    };

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await follows.DeleteAllAsync("account", accountId, cancellationToken);
        await preferences.DeleteAllAsync(accountId, cancellationToken);
        await notifications.DeleteAllAsync(DocumentFilter.Equal("account", accountId), cancellationToken);
    }

    public async Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken)
    {
        await follows.DeleteAllAsync("profile", profileId, cancellationToken);
        await preferences.DeleteAsync(profileId, cancellationToken);
        await notifications.DeleteAllAsync(DocumentFilter.Equal("profile", profileId), cancellationToken);
    }
}
