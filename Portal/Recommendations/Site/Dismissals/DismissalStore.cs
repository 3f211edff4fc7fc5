using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

internal sealed class DismissalStore(IDocuments documents, IOptions<RecommendationOptions> options) : IPersonalData, IProfileData
{
    private readonly IDocumentSet<Dismissed> _dismissed = documents.Set(Dismissed.Schema);

    public string Section => "notInterested";

    public async Task<IReadOnlyList<string>> ReadAsync(string profileId, CancellationToken cancellationToken) =>
        (await _dismissed.GetAsync(profileId, cancellationToken))?.Value.TitleIds ?? [];

    /// <summary>Of all profiles.</summary>
    public IAsyncEnumerable<Stored<Dismissed>> EveryAsync(CancellationToken cancellationToken) => _dismissed.QueryAllAsync(new() { Limit = 500 }, cancellationToken);

    /// <summary>False when there are as many as there may be. One that is among them already becomes the latest.</summary>
    public async Task<bool> AddAsync(Profile profile, string titleId)
    {
        while (true)
        {
            var isFull = false;
            if (await _dismissed.UpdateAsync(profile.Id, With, CancellationToken.None) is not null) return !isFull;
            if (await _dismissed.InsertAsync(profile.Id, With(new() { AccountId = profile.AccountId })!, CancellationToken.None) is not null) return true;

            Dismissed? With(Dismissed known)
            {
                List<string> others = [.. known.TitleIds.Where(id => id != titleId)];
                isFull = others.Count == known.TitleIds.Count && others.Count >= options.Value.Dismissals;
                return isFull ? null : known with { TitleIds = [titleId, .. others] };
            }
        }
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
