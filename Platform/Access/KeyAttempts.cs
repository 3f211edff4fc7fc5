using System.Collections.Concurrent;
using System.Net;
using FlickStream.Platform.RateLimits;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Access;

/// <summary>
/// Looks keys up for callers, and for strangers only so often: an address has a budget of keys that were not seen good here before.
/// Known keys pass freely, so that a neighbour behind the same address cannot lock them out.
/// </summary>
internal sealed class KeyAttempts(ApiKeys keys, IRateLimits limits, IOptions<AccessOptions> options)
{
    // Grows with the keys that exist and are used here, not with what strangers send.
    private readonly ConcurrentDictionary<string, byte> _seenGood = new(StringComparer.Ordinal);

    /// <returns>The good key, or null; and how long to wait when it was not even looked at.</returns>
    public async ValueTask<(ApiKey? Key, TimeSpan Wait)> TryAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        var id = KeyText.TryParse(text)?.Id ?? "";
        if (!_seenGood.ContainsKey(id))
        {
            var limit = RateLimit.PerMinute(options.Value.UnknownKeysPerMinute);
            var wait = await limits.TakeAsync($"unknown-keys:{Network.Of(address)}", limit, cancellationToken);
            if (wait > TimeSpan.Zero) return (null, wait);
        }

        var key = await keys.VerifyAsync(text);
        if (key is not null) _seenGood.TryAdd(id, 0);
        else _seenGood.TryRemove(id, out _);
        return (key, TimeSpan.Zero);
    }
}
