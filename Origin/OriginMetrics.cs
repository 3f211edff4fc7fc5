using System.Diagnostics.Metrics;

namespace FlickStream.Origin;

internal sealed class OriginMetrics
{
    private static readonly KeyValuePair<string, object?> Hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    private readonly Counter<long> _grants;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _cache;

    public OriginMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FlickStream.Origin");
        _grants = meter.CreateCounter<long>("flickstream.grants", null, "Requests for a grant, by outcome: made, or the refusal's code.");
        _bytes = meter.CreateCounter<long>("flickstream.media.sent", "By", "Bytes of media that the origin itself began to send to players.");
        _cache = meter.CreateCounter<long>("flickstream.cache.requests", null, "Look-ups in the origin's memory, by cache and result.");
    }

    /// <param name="outcome"><c>made</c>, or the refusal's code.</param>
    public void Granted(string? outcome) => _grants.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Sent(long bytes) => _bytes.Add(bytes);

    /// <param name="cache"><c>manifests</c> or <c>titles</c>.</param>
    /// <param name="isHit">It was there.</param>
    public void LookedUp(string cache, bool isHit) =>
        _cache.Add(1, new KeyValuePair<string, object?>("cache", cache), isHit ? Hit : Miss);
}
