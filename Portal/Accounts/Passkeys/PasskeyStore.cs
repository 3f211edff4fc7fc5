using FlickStream.Platform.Documents;
using Microsoft.AspNetCore.Identity;

namespace FlickStream.Portal.Accounts.Passkeys;

internal sealed class PasskeyStore(IDocuments documents, TimeProvider time)
{
    /// <summary>Of one account.</summary>
    public const int Most = 20;

    private readonly IDocumentSet<Passkey> _passkeys = documents.Set(Passkey.Schema);

    public async Task<Passkey?> FindAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        (await _passkeys.GetAsync(Passkey.IdOf(credentialId), cancellationToken))?.Value;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Stored<Passkey>>> ListAsync(string accountId, CancellationToken cancellationToken) =>
        (await _passkeys.QueryAsync(Of(accountId), cancellationToken)).Items;

    /// <summary>Null when it is registered already.</summary>
    public Task<Stored<Passkey>?> AddAsync(string accountId, string name, UserPasskeyInfo made, CancellationToken cancellationToken) =>
        _passkeys.InsertAsync(
            Passkey.IdOf(made.CredentialId),
            new Passkey
            {
                AccountId = accountId,
                Name = name,
                CredentialId = made.CredentialId,
                PublicKey = made.PublicKey,
                SignCount = made.SignCount,
                Transports = made.Transports ?? [],
                IsBackupEligible = made.IsBackupEligible,
                IsBackedUp = made.IsBackedUp,
                CreatedAt = time.GetUtcNow(),
            },
            cancellationToken);

    /// <summary>False when it was removed meanwhile, or was used with this count already: then it was copied.</summary>
    public async Task<bool> NoteUseAsync(UserPasskeyInfo used, CancellationToken cancellationToken)
    {
        var isNoted = false;
        await _passkeys.UpdateAsync(Passkey.IdOf(used.CredentialId), Used, cancellationToken);
        return isNoted;

        Passkey? Used(Passkey passkey)
        {
            isNoted = used.SignCount == 0 || used.SignCount > passkey.SignCount;
            return isNoted ? passkey with { SignCount = used.SignCount, IsBackedUp = used.IsBackedUp, UsedAt = time.GetUtcNow() } : null;
        }
    }

    /// <summary>Null when the account has none of this id.</summary>
    public async Task<Stored<Passkey>?> RenameAsync(string accountId, string id, string name, CancellationToken cancellationToken) =>
        await _passkeys.UpdateAsync(id, passkey => passkey.AccountId == accountId ? passkey with { Name = name } : null, cancellationToken) is { } renamed
        && renamed.Value.AccountId == accountId ? renamed : null;

    /// <summary>The one that was removed; null when the account has none of this id.</summary>
    public async Task<Passkey?> RemoveAsync(string accountId, string id, CancellationToken cancellationToken) =>
        await _passkeys.GetAsync(id, cancellationToken) is { Value: var passkey } && passkey.AccountId == accountId
        && await _passkeys.DeleteAsync(id, null, cancellationToken) ? passkey : null;

    public Task RemoveAllAsync(string accountId, CancellationToken cancellationToken) => _passkeys.DeleteAllAsync(Of(accountId), cancellationToken);

    private static DocumentQuery Of(string accountId) =>
        new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("created")], Limit = 1000 };
}
