using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>Bounds what images that are sent take of the memory: who has a place has one in it. It is taken before the body is read, so that of those who wait
/// for one nothing is kept.</summary>
internal sealed class ArtworkPlaces : IDisposable
{
    private readonly CatalogOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrencyLimiter _places;

    public ArtworkPlaces(IOptions<CatalogOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _places = new ConcurrencyLimiter(new()
        {
            PermitLimit = _options.ArtworkAtOnce == 0 ? 2 * Environment.ProcessorCount : _options.ArtworkAtOnce,
            QueueLimit = _options.ArtworkWaiting,
        });
    }

    /// <summary>A place until it is disposed of; null when too many wait.</summary>
    public async Task<IDisposable?> TakeAsync(CancellationToken cancellationToken)
    {
        var place = await _places.AcquireAsync(1, cancellationToken);
        if (place.IsAcquired) return place;
        place.Dispose();
        return null;
    }

    /// <summary>Ends the reading of a body that comes too slowly: at the slowest that the server lets pass, one of 20 MB would hold its place for a day.</summary>
    public CancellationTokenSource ReadingTime() => new(_options.ArtworkReadTime, _time);

    public void Dispose() => _places.Dispose();
}
