using FlickStream.Portal.Accounts;

namespace FlickStream.Portal.Profiles;

internal sealed class ProfileData(ProfileStore profiles) : IPersonalData
{
    public string Section => "profiles";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        (await profiles.ReadAsync(accountId, cancellationToken)).Select(profile => ProfileAnswer.Of(profile, null)).ToList();

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        foreach (var profile in await profiles.ReadAsync(accountId, cancellationToken)) await profiles.RemoveAsync(profile.Id, cancellationToken);
    }
}
