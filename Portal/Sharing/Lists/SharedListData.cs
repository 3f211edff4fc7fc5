using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Sharing.Lists;

internal sealed class SharedListData(SharedListStore lists) : IPersonalData, IProfileData
{
    public string Section => "sharedLists";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        await lists.OfAccountAsync(accountId, cancellationToken)
            .Select(list => new { Slug = list.Id, list.Value.ProfileId, list.Value.ListId, list.Value.Name, list.Value.Since }).ToListAsync(cancellationToken);

    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => lists.TakeAllBackAsync("account", accountId, cancellationToken);

    public Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken) =>
        lists.TakeAllBackAsync("profile", profileId, cancellationToken);
}
