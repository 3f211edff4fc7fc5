using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>Accounts and passkeys as ASP.NET's passkey handler asks for them; it asks for nothing else, and writes nothing.</summary>
internal sealed class PasskeyUsers(AccountStore accounts, PasskeyStore passkeys, CancellationToken stop) : IUserPasskeyStore<Account>
{
    /// <summary>What the handler turned into a passkey that is not right, although it was the database.</summary>
    public Exception? Fault { get; private set; }

    public UserManager<Account> Manager() => new(
        this, Options.Create(new IdentityOptions()), null!, [], [], null!, null!, null!, NullLogger<UserManager<Account>>.Instance);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => GuardAsync(() => accounts.GetAsync(userId, stop));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => GuardAsync<IList<UserPasskeyInfo>>(
        async () => [.. (await passkeys.ListAsync(user.Id, stop)).Select(passkey => InfoOf(passkey.Value))]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => GuardAsync(
        async () => await passkeys.FindAsync(credentialId, stop) is { } passkey && passkey.AccountId == user.Id ? InfoOf(passkey) : null);

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => GuardAsync(
        async () => await passkeys.FindAsync(credentialId, stop) is { } passkey ? await accounts.GetAsync(passkey.AccountId, stop) : null);

    public void Dispose()
    {
        // Nothing is held.
    }

    Task IUserPasskeyStore<Account>.AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NotAsked();

    Task IUserPasskeyStore<Account>.RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw NotAsked();

    Task<string?> IUserStore<Account>.GetUserNameAsync(Account user, CancellationToken cancellationToken) => throw NotAsked();

    Task IUserStore<Account>.SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw NotAsked();

    Task<string?> IUserStore<Account>.GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => throw NotAsked();

    Task IUserStore<Account>.SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw NotAsked();

    Task<Account?> IUserStore<Account>.FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NotAsked();

    Task<IdentityResult> IUserStore<Account>.CreateAsync(Account user, CancellationToken cancellationToken) => throw NotAsked();

    Task<IdentityResult> IUserStore<Account>.UpdateAsync(Account user, CancellationToken cancellationToken) => throw NotAsked();

    Task<IdentityResult> IUserStore<Account>.DeleteAsync(Account user, CancellationToken cancellationToken) => throw NotAsked();

    private async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception fault)
        {
            Fault = fault;
            throw;
        }
    }

    private static UserPasskeyInfo InfoOf(Passkey passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, passkey.SignCount, [.. passkey.Transports], isUserVerified: true,
        passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: []);

    private static NotSupportedException NotAsked() => new("Accounts are kept by AccountStore.");
}
