using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Origin.Presentations;

/// <summary>Reads a presentation and its segment runs; of a title that is known already, only the runs that are new.</summary>
internal sealed class PresentationReader(IDocuments documents, HybridCache cache)
{
    // Views are kept in memory already; what is kept here is for other origins.
    private static readonly HybridCacheEntryOptions Shared =
        new() { Expiration = TimeSpan.FromHours(1), Flags = HybridCacheEntryFlags.DisableLocalCache };

    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<TitleKeys> _keys = documents.Set(TitleKeys.Schema);
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);

    /// <summary>Null when there is none, or its asset is deleted. Returns <paramref name="known"/> itself when nothing changed.</summary>
    /// <param name="assetId">The asset.</param>
    /// <param name="retired">The revision of an encoding that is not current any more; null for the current one.</param>
    /// <param name="known">What was read of it before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PresentationView?> ReadAsync(
        string assetId, string? retired, PresentationView? known, CancellationToken cancellationToken)
    {
        if ((await _assets.GetAsync(assetId, cancellationToken))?.Value.State is null or AssetState.Deleted) return null;

        // The presentation before its runs: one that says it is ready then finds all of them.
        var id = retired is null ? assetId : Presentation.AsideId(assetId, retired);
        if (await _presentations.GetAsync(id, cancellationToken) is not { } stored) return null;

        // What lies aside and was never current is being made.
        if (retired is not null && stored.Value is { RetiredAt: null } or { LetGoAt: not null }) return null;
        if (known is null || known.Presentation.Revision != stored.Value.Revision)
        {
            var all = stored.Value.State == PresentationState.Ready
                ? await FinishedRunsAsync(stored, cancellationToken)
                : await AllRunsAsync(stored.Value, cancellationToken);
            return PresentationView.Of(stored.Value, all) with { Version = stored.Version, Keys = await KeysAsync(stored.Value, cancellationToken) };
        }

        if (known.Keys is null && await KeysAsync(stored.Value, cancellationToken) is { } keys) known = known with { Keys = keys };
        var same = known.Version == stored.Version;
        if (same && !known.IsEncoding) return known;
        var runs = await NewRunsAsync(known, cancellationToken);
        return same && runs.Count == 0 ? known : known.With(stored.Value, runs) with { Version = stored.Version };
    }

    /// <summary>Made before the first run is, and never changed.</summary>
    private async Task<TitleKeys?> KeysAsync(Presentation presentation, CancellationToken cancellationToken) => presentation.Protection is null
        ? null
        : (await _keys.GetAsync(TitleKeys.IdOf(presentation.AssetId, presentation.Revision), cancellationToken))?.Value;

    /// <summary>The runs of a title that is ready, from where another origin left them: a long title has thousands. Only what can never
    /// change is shared, and asset and presentation are read first, so that nothing old is served.</summary>
    private ValueTask<List<SegmentRun>> FinishedRunsAsync(Stored<Presentation> stored, CancellationToken cancellationToken)
    {
        var (assetId, revision) = (stored.Value.AssetId, stored.Value.Revision);
        return cache.GetOrCreateAsync(
            $"runs:{assetId}:{revision}:{stored.Version}",
            async stop => await AllRunsAsync(stored.Value, stop),
            Shared,
            cancellationToken: cancellationToken);
    }

    private async Task<List<SegmentRun>> AllRunsAsync(Presentation presentation, CancellationToken cancellationToken)
    {
        List<SegmentRun> runs = [];
        foreach (var revision in presentation.RenditionParts().Select(part => part.Revision).Distinct())
        {
            var query = new DocumentQuery
            {
                Filters = [DocumentFilter.Equal("asset", presentation.AssetId), DocumentFilter.Equal("revision", revision)],
                Sort = [new DocumentSort("first")],
                Limit = 1000,
            };
            await foreach (var run in _runs.QueryAllAsync(query, cancellationToken)) runs.Add(run.Value);
        }

        return runs;
    }

    /// <summary>A run's id says where it begins, so the one that continues a track is found by its id: a growing title costs one reading a
    /// new run and one a rendition, however long it is.</summary>
    private async Task<List<SegmentRun>> NewRunsAsync(PresentationView known, CancellationToken cancellationToken)
    {
        List<SegmentRun> runs = [];
        foreach (var track in known.Video.Concat(known.Audio))
        {
            var next = track.Count;
            while (await RunAsync(track, next) is { Value.Segments.Count: > 0 } run)
            {
                runs.Add(run.Value);
                next += run.Value.Segments.Count;
            }
        }

        return runs;

        Task<Stored<SegmentRun>?> RunAsync(Track track, int first) => _runs.GetAsync(
            SegmentRun.IdOf(known.Presentation.AssetId, track.Part.Revision, track.Name, first), cancellationToken);
    }
}
