using System.Security.Cryptography;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Organisations;

internal sealed class OrganisationStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<Organisation> _organisations = documents.Set(Organisation.Schema);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <exception cref="InvalidOperationException">The id is taken: once in 2^64.</exception>
    public async Task<Organisation> AddAsync(string id, string name, CancellationToken cancellationToken)
    {
        var made = new Organisation { Id = id, Name = name, CreatedAt = time.GetUtcNow() };
        return await _organisations.InsertAsync(id, made, cancellationToken) is not null
            ? made : throw new InvalidOperationException($"There is an organisation {id} already.");
    }

    /// <summary>Null when there is none.</summary>
    public async Task<Organisation?> GetAsync(string id, CancellationToken cancellationToken) => (await _organisations.GetAsync(id, cancellationToken))?.Value;

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => await _organisations.GetAsync(id, cancellationToken) is not null;

    /// <summary>Null when there is none.</summary>
    public async Task<Organisation?> RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        (await _organisations.UpdateAsync(id, organisation => organisation with { Name = name }, cancellationToken))?.Value;

    /// <summary>Nothing where it is there.</summary>
    public Task RestoreAsync(Organisation organisation, CancellationToken cancellationToken) => _organisations.InsertAsync(organisation.Id, organisation, cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _organisations.DeleteAsync(id, null, cancellationToken);

    public Task<DocumentPage<Organisation>> ListAsync(int limit, string? after, CancellationToken cancellationToken) =>
        _organisations.QueryAsync(new() { Sort = [new("name")], Limit = limit, After = after }, cancellationToken);
}
