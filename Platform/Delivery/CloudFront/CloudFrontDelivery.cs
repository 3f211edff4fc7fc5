using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>
/// CloudFront serves the media from the bucket and lets in whoever shows a policy that we signed: one with a wildcard for each encoding
/// of a title that its parts lie in, mostly a single one, or, where a grant does not open all, one for each part that it does, because
/// a wildcard cannot leave out single folders.
/// </summary>
internal sealed class CloudFrontDelivery : IDelivery, IDisposable
{
    // Beyond any process's life; the cache cannot reckon with dates near the last one that there is.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(365);

    private readonly CloudFrontOptions _options;
    private readonly CloudFrontInvalidation _invalidation;
    private readonly TimeProvider _time;
    private readonly CloudFrontKey _key;
    private readonly MemoryCache _signed;
    private readonly string _root;

    public CloudFrontDelivery(IOptions<CloudFrontOptions> options, CloudFrontInvalidation invalidation, TimeProvider time)
    {
        _options = options.Value;
        _invalidation = invalidation;
        _time = time;
        _root = CloudFrontUrl.RootOf(_options.BaseUrl!);
        _key = CloudFrontKey.Load(_options.Keys[^1].KeyPairId, _options.Keys[^1].PrivateKeyFile);
        _signed = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.SignaturesInMemory });
    }

    public ValueTask<MediaAddress> AddressAsync(DeliveryScope scope, CancellationToken cancellationToken = default) =>
        new(_options.SignUrls ? SignedFor(scope).Address : new MediaAddress(RootOf(scope), null));

    public ValueTask<IReadOnlyList<DeliveryCookie>> CookiesAsync(DeliveryScope scope, CancellationToken cancellationToken = default)
    {
        if (!_options.SetCookies) return new([]);
        var folder = new Uri(RootOf(scope)).AbsolutePath;
        var signed = SignedFor(scope);
        return new([.. signed.Policies.SelectMany(p => p.Value.Cookies(_options.CookieDomain, folder + PathOf(p.Key)))]);
    }

    public Task WithdrawAsync(string assetId, CancellationToken cancellationToken = default)
    {
        BlobKey.ThrowIfInvalid(assetId);
        return _invalidation.RequestAsync($"{new Uri(_root).AbsolutePath}media/{assetId}/*", cancellationToken);
    }

    public void Dispose()
    {
        _signed.Dispose();
        _key.Dispose();
    }

    private string RootOf(DeliveryScope scope) => $"{_root}media/{scope.AssetId}/";

    private static string PathOf(MediaPart part) => $"{part.Revision}/{part.Name}";

    /// <summary>Signed once for a scope. Two requests at the same moment may both sign, which costs half a millisecond and changes
    /// nothing.</summary>
    private Signed SignedFor(DeliveryScope scope)
    {
        if (_signed.TryGetValue(scope, out Signed? found)) return found!;
        var signed = Sign(scope);
        var rest = scope.ExpiresAt - _time.GetUtcNow();
        if (rest <= TimeSpan.Zero) return signed;
        var keeping = new MemoryCacheEntryOptions
        {
            Size = signed.Policies.Count,
            AbsoluteExpirationRelativeToNow = rest < LongestKept ? rest : LongestKept,
        };
        return _signed.Set(scope, signed, keeping);
    }

    private Signed Sign(DeliveryScope scope)
    {
        var root = RootOf(scope);
        BlobKey.ThrowIfInvalidPrefix(root[_root.Length..]);
        var policies = new Dictionary<MediaPart, SignedPolicy>();
        foreach (var part in scope.Parts)
        {
            var path = PathOf(part);
            BlobKey.ThrowIfInvalidPrefix($"{root[_root.Length..]}{path}");
            policies.Add(part, CloudFrontPolicy.Sign(path[^1] == '/' ? $"{root}{path}*" : root + path, scope.ExpiresAt, _key, _options.Hash));
        }

        return new Signed(new MediaAddress(root, policies.ToDictionary(p => p.Key, p => p.Value.Query)), policies);
    }

    private sealed record Signed(MediaAddress Address, IReadOnlyDictionary<MediaPart, SignedPolicy> Policies);
}
