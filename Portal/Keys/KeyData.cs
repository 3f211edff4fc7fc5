using FlickStream.Platform.Access;
using FlickStream.Portal.Accounts;

namespace FlickStream.Portal.Keys;

/// <summary>That a person made keys for an organisation, whose they are and stay.</summary>
internal sealed class KeyData(ApiKeys keys) : IPersonalData
{
    public string Section => "keys";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        await keys.MadeByAsync(accountId, cancellationToken)
            .Select(key => new { key.Value.Id, key.Value.Name, key.Value.OrganisationId, key.Value.Maker!.Email, key.Value.CreatedAt }).ToListAsync(cancellationToken);

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await foreach (var key in keys.MadeByAsync(accountId, cancellationToken)) await keys.ForgetMakerAsync(key.Id, cancellationToken);
    }
}
