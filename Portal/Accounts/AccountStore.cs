using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using NodaTime;

namespace FlickStream.Portal.Accounts;

internal sealed class AccountStore(IDocuments documents)
{
    // None sorts above it.
    private const string LastCharacter = "\U0010FFFF";

    private readonly IDocumentSet<Account> _accounts = documents.Set(Account.Schema);

    public async Task<Account?> GetAsync(string id, CancellationToken cancellationToken) => (await _accounts.GetAsync(id, cancellationToken))?.Value;

    public async Task<Account?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var page = await _accounts.QueryAsync(new() { Filters = [DocumentFilter.Equal("email", email.Key)], Limit = 1 }, cancellationToken);
        return page.Items is [var found] ? found.Value : null;
    }

    /// <summary>Of these accounts, at most 1000, those that an administrator shut out.</summary>
    public async Task<IReadOnlySet<string>> SuspendedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new HashSet<string>();
        var found = await _accounts.GetManyAsync([.. ids.Distinct(StringComparer.Ordinal)], cancellationToken);
        return found.Values.Where(account => account.Value.Suspension is not null).Select(account => account.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The time zones of these accounts, by their ids, without those that are gone.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeZone>> ZonesAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var zones = new Dictionary<string, DateTimeZone>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(1000))
            foreach (var (id, account) in await _accounts.GetManyAsync(some, cancellationToken)) zones[id] = Locale.ZoneOf(account.Value);
        return zones;
    }

    /// <summary>Newest first; those whose address begins with something by their address.</summary>
    /// <param name="emailPrefix">Of <see cref="EmailAddress.Key"/>; null for all.</param>
    /// <param name="role">Of this role only; null for all.</param>
    /// <param name="organisationId">Of this studio only; null for all.</param>
    /// <param name="isSuspended">Of those only who are, or are not; null for all.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Account>> ListAsync(
        string? emailPrefix, string? role, string? organisationId, bool? isSuspended, int limit, string? after, CancellationToken cancellationToken)
    {
        List<DocumentFilter> filters = [];
        if (emailPrefix is not null) filters.AddRange([DocumentFilter.AtLeast("email", emailPrefix), DocumentFilter.Below("email", emailPrefix + LastCharacter)]);
        if (role is not null) filters.Add(DocumentFilter.Equal("role", role));
        if (organisationId is not null) filters.Add(DocumentFilter.Equal("organisation", organisationId));
        if (isSuspended is { } wanted) filters.Add(DocumentFilter.Equal("suspended", wanted ? true : null));
        return _accounts.QueryAsync(
            new() { Filters = filters, Sort = [emailPrefix is null ? new("created", Descending: true) : new("email")], Limit = limit, After = after }, cancellationToken);
    }

    /// <summary>The people of a studio.</summary>
    public IAsyncEnumerable<Stored<Account>> OfOrganisationAsync(string organisationId, CancellationToken cancellationToken) =>
        _accounts.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("organisation", organisationId)] }, cancellationToken);

    /// <summary>With an id of its own; null when the address is another account's.</summary>
    public async Task<Account?> AddAsync(Account account, CancellationToken cancellationToken) =>
        (await _accounts.InsertAsync(account.Id, account, cancellationToken))?.Value;

    /// <summary>The account as it now stands; null when there is none, or when its new address is another account's.</summary>
    /// <param name="change">Pure; null leaves the account as it is.</param>
    public async Task<Account?> ChangeAsync(string id, Func<Account, Account?> change, CancellationToken cancellationToken)
    {
        while (await _accounts.GetAsync(id, cancellationToken) is { } current)
        {
            if (change(current.Value) is not { } next) return current.Value;
            if (await _accounts.ReplaceAsync(id, current.Version, next, cancellationToken) is { } written) return written.Value;
            // Another write was first, or the address is taken, which no further try will change.
            if (next.EmailKey != current.Value.EmailKey && await IsTakenAsync(next.EmailKey, id, cancellationToken)) return null;
        }

        return null;
    }

    /// <summary>The account as <paramref name="change"/> made it; null when there is none, or when it left the account as it is.</summary>
    public async Task<Account?> TryChangeAsync(string id, Func<Account, Account?> change, CancellationToken cancellationToken)
    {
        var isChanged = false;
        var account = await ChangeAsync(id, Noted, cancellationToken);
        return isChanged ? account : null;

        Account? Noted(Account current)
        {
            var next = change(current);
            isChanged = next is not null;
            return next;
        }
    }

    /// <summary>Begins a deletion, of which there is no way back; null when the account was changed since it was read.</summary>
    public async Task<Account?> BeginRemovalAsync(Stored<Account> account, DateTimeOffset now, CancellationToken cancellationToken) => account.Value.IsBeingDeleted
        ? account.Value
        : (await _accounts.ReplaceAsync(
            account.Id, account.Version, account.Value with { IsBeingDeleted = true, RemovalBeganAt = now }, cancellationToken))?.Value;

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => _accounts.DeleteAsync(id, null, cancellationToken);

    /// <summary>Those whose time to change their mind has passed.</summary>
    public IAsyncEnumerable<Stored<Account>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _accounts.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("deletion", now)], Sort = [new("deletion")] }, cancellationToken);

    /// <summary>Those of which something is to be ended since <paramref name="since"/> or longer.</summary>
    public IAsyncEnumerable<Stored<Account>> EndingAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        _accounts.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("ending", since)], Sort = [new("ending")] }, cancellationToken);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private async Task<bool> IsTakenAsync(string emailKey, string but, CancellationToken cancellationToken)
    {
        var page = await _accounts.QueryAsync(new() { Filters = [DocumentFilter.Equal("email", emailKey)], Limit = 1 }, cancellationToken);
        return page.Items is [var other] && other.Id != but;
    }
}
