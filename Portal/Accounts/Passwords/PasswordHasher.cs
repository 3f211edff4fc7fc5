using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Konscious.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Passwords;

/// <summary>Argon2id. As many hashes run at once as there are cores for, so that a crowd at the door takes neither all memory nor all time.</summary>
internal sealed class PasswordHasher : IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly PasswordOptions _options;
    private readonly ConcurrencyLimiter _turns;
    private readonly PasswordHash _nobodys;

    public PasswordHasher(IOptions<PasswordOptions> options)
    {
        _options = options.Value;
        _turns = new ConcurrencyLimiter(new()
        {
            PermitLimit = _options.AtOnce == 0 ? Environment.ProcessorCount : _options.AtOnce,
            QueueLimit = _options.Waiting,
        });
        // Chance is as unlike any password's hash as the hash of chance, and costs no start of the server.
        _nobodys = NewHash() with { Hash = RandomNumberGenerator.GetBytes(HashBytes) };
    }

    /// <summary>A PHC string; null when too many wait.</summary>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken) =>
        InTurnAsync(() => Hash(Encoding.UTF8.GetBytes(password)).ToString(), cancellationToken);

    /// <summary>Whether it is the password; null when too many wait. Without a hash (there is no such account) it takes as long and is
    /// never right.</summary>
    public async Task<bool?> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        // None that long was ever taken, and its length must not cost anything.
        if (password.Length > 2 * PasswordRules.MostCharacters) (hash, password) = (null, "");
        var kept = hash is null ? _nobodys : PasswordHash.Parse(hash);
        var bytes = await InTurnAsync(() => Compute(Encoding.UTF8.GetBytes(password), kept), cancellationToken);
        return bytes is null ? null : CryptographicOperations.FixedTimeEquals(bytes, kept.Hash) & hash is not null;
    }

    /// <summary>Whether the hash was made at another cost than is now wanted.</summary>
    public bool IsOutdated(string hash) =>
        PasswordHash.Parse(hash) is var kept
        && (kept.MemoryKiB, kept.Iterations, kept.Lanes) != (_options.MemoryKiB, _options.Iterations, _options.Lanes);

    public void Dispose() => _turns.Dispose();

    private async Task<T?> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
        where T : class
    {
        using var turn = await _turns.AcquireAsync(1, cancellationToken);
        return turn.IsAcquired ? await Task.Run(work, CancellationToken.None) : null;
    }

    private PasswordHash Hash(byte[] password)
    {
        var hash = NewHash();
        return hash with { Hash = Compute(password, hash) };
    }

    /// <summary>At the cost that is wanted now, with a salt of its own; of nothing yet.</summary>
    private PasswordHash NewHash() =>
        new(_options.MemoryKiB, _options.Iterations, _options.Lanes, RandomNumberGenerator.GetBytes(SaltBytes), new byte[HashBytes]);

    private static byte[] Compute(byte[] password, PasswordHash hash)
    {
        using var argon = new Argon2id(password)
        {
            MemorySize = hash.MemoryKiB, Iterations = hash.Iterations, DegreeOfParallelism = hash.Lanes, Salt = hash.Salt,
        };
        return argon.GetBytes(hash.Hash.Length);
    }
}
