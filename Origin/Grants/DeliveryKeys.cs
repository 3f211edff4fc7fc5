using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>Holds the key ring in memory, makes the next key when the current one has signed long enough, and forgets keys whose last token
/// has expired.</summary>
internal sealed class DeliveryKeys(IDocuments documents, IOptions<OriginOptions> options, TimeProvider time) : IDisposable
{
    // A token that names an unknown key may ask for a reading of the documents, but not more often than this: tokens are the caller's.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly IDocumentSet<DeliveryKey> _set = documents.Set(DeliveryKey.Schema);
    private readonly SemaphoreSlim _turn = new(1);
    private DeliveryKeyRing _ring = new([]);
    private long _readAt = long.MinValue;

    public DeliveryKeyRing Ring => Volatile.Read(ref _ring);

    /// <summary>The key to sign with.</summary>
    public async ValueTask<DeliveryKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Ring.Current is null) await ReadAsync(cancellationToken);
        return Ring.Current is { } current && time.GetUtcNow() - current.CreatedAt < options.Value.KeyLife
            ? current
            : await RotateAsync(cancellationToken);
    }

    /// <summary>Makes a new key that signs from now on. Of several origins that do so at once, one makes it and all use it, because the
    /// next key's id is taken only once.</summary>
    public async Task<DeliveryKey> RotateAsync(CancellationToken cancellationToken)
    {
        var key = new DeliveryKey((Ring.Current?.Id ?? 0) + 1, RandomNumberGenerator.GetBytes(32), time.GetUtcNow());
        await _set.InsertAsync(DeliveryKey.DocumentId(key.Id), key, cancellationToken);
        await ReadAsync(cancellationToken);
        return Ring.Current ?? throw new InvalidOperationException("The delivery key that was just stored is not there.");
    }

    /// <summary>Reads the keys again because a token names one that is not in the ring. False when they were read a moment ago.</summary>
    public async ValueTask<bool> LookAgainAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _readAt) is var last && last != long.MinValue && time.GetElapsedTime(last) < ShortestPause) return false;
        await ReadAsync(cancellationToken);
        return true;
    }

    /// <summary>Deletes every key that has been replaced for longer than any token it signed can live.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var keys = Ring.All.OrderBy(k => k.Id).ToList();
        foreach (var (key, next) in keys.Zip(keys.Skip(1)))
        {
            if (time.GetUtcNow() - next.CreatedAt <= options.Value.LongestGrantLife + ShortestPause) continue;
            await _set.DeleteAsync(DeliveryKey.DocumentId(key.Id), cancellationToken: cancellationToken);
        }

        await ReadAsync(cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            List<DeliveryKey> keys = [];
            await foreach (var stored in _set.QueryAllAsync(new DocumentQuery(), cancellationToken)) keys.Add(stored.Value);
            Volatile.Write(ref _ring, new DeliveryKeyRing(keys));
            Volatile.Write(ref _readAt, time.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }
}
