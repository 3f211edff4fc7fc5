using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Sharing.Lists.Reports;

namespace FlickStream.Portal.Sharing.Lists;

internal sealed class SharedListData(SharedListStore lists, ListReportStore reports) : IPersonalData, IProfileData
{
    public string Section => "sharedLists";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) => new
    {
        Lists = await lists.OfAccountAsync(accountId, cancellationToken)
            .Select(list => new { Slug = list.Id, list.Value.ProfileId, list.Value.ListId, list.Value.Name, list.Value.Since, list.Value.TakenBackAt }).ToListAsync(cancellationToken),
        Reports = await reports.OfAccountAsync(accountId, cancellationToken)
            .Select(report => new { report.Value.Slug, report.Value.Reason, report.Value.Note, report.Value.At }).ToListAsync(cancellationToken),
    };

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await lists.TakeAllBackAsync("account", accountId, cancellationToken);
        await reports.DeleteOfAccountAsync(accountId, cancellationToken);
    }

    public Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken) =>
        lists.TakeAllBackAsync("profile", profileId, cancellationToken);
}
