using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

internal sealed class DismissalStore(IDocuments documents) : IPersonalData, IProfileData
{
    private readonly IDocumentSet<Dismissed> _dismissed = documents.Set(Dismissed.Schema);

    public string Section => "notInterested";

    public async Task<IReadOnlyList<string>> ReadAsync(string profileId, CancellationToken cancellationToken) =>
        (await _dismissed.GetAsync(profileId, cancellationToken))?.Value.TitleIds ?? [];

    /// <summary>Of all profiles.</summary>
    public IAsyncEnumerable<Stored<Dismissed>> EveryAsync(CancellationToken cancellationToken) => _dismissed.QueryAllAsync(new() { Limit = 500 }, cancellationToken);

    public async Task AddAsync(Profile profile, string titleId)
    {
        while (true)
        {
            if (await _dismissed.UpdateAsync(profile.Id, With, CancellationToken.None) is not null) return;
            if (await _dismissed.InsertAsync(profile.Id, With(new() { AccountId = profile.AccountId }), CancellationToken.None) is not null) return;
        }

        Dismissed With(Dismissed known) => known with { TitleIds = [titleId, .. known.TitleIds.Where(id => id != titleId)] };
    }

    public Task RemoveAsync(string profileId, string titleId) => _dismissed.UpdateAsync(
        profileId, known => known.TitleIds.Contains(titleId) ? known with { TitleIds = [.. known.TitleIds.Where(id => id != titleId)] } : null,
        CancellationToken.None);

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        (await _dismissed.QueryAsync(OfAccount(accountId), cancellationToken)).Items.Select(item => new { ProfileId = item.Id, item.Value.TitleIds }).ToList();

    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => _dismissed.DeleteAllAsync(OfAccount(accountId), cancellationToken);

    public Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken) =>
        _dismissed.DeleteAsync(profileId, null, cancellationToken);

    private static DocumentQuery OfAccount(string accountId) => new() { Filters = [DocumentFilter.Equal("account", accountId)] };
}
