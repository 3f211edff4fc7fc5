using System.Security.Cryptography;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Organisations;

internal sealed class OrganisationStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<Organisation> _organisations = documents.Set(Organisation.Schema);

    public async Task<Organisation> AddAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            var made = new Organisation { Id = id, Name = name, CreatedAt = time.GetUtcNow() };
            if (await _organisations.InsertAsync(id, made, cancellationToken) is not null) return made;
        }
    }

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => await _organisations.GetAsync(id, cancellationToken) is not null;

    /// <summary>Null when there is none.</summary>
    public async Task<Organisation?> RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        (await _organisations.UpdateAsync(id, organisation => organisation with { Name = name }, cancellationToken))?.Value;

    public Task<DocumentPage<Organisation>> ListAsync(int limit, string? after, CancellationToken cancellationToken) =>
        _organisations.QueryAsync(new() { Sort = [new("name")], Limit = limit, After = after }, cancellationToken);
}
