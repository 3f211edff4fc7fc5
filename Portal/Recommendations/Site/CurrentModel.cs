using FlickStream.Portal.Recommendations.Site.Experiments;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>The model that this node uses: read when another is published, and swapped whole between two requests.</summary>
internal sealed class CurrentModel(
    ModelStore models, ExperimentStore experiments, IOptions<RecommendationOptions> options, TimeProvider time, ILogger<CurrentModel> log) : BackgroundService
{
    private LoadedModel? _current;
    private LoadedModel? _previous;

    /// <summary>Null until one is published and read.</summary>
    public LoadedModel? Now => Volatile.Read(ref _current);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var published = await models.FindAsync(cancellationToken);
        if (await NewerAsync(published.Current, _current, cancellationToken) is { } current) Volatile.Write(ref _current, current);
        // It takes as much memory once more, so only while somebody is shown it.
        if (await experiments.NowAsync(cancellationToken) is not { ComparesModels: true }) Volatile.Write(ref _previous, null);
        else if (await NewerAsync(published.Previous, _previous, cancellationToken) is { } previous) Volatile.Write(ref _previous, previous);
    }

    /// <summary>Null until it is published and read; the current one stands in for one before that there is not.</summary>
    public LoadedModel? Of(ModelGeneration generation) => generation == ModelGeneration.Previous ? Volatile.Read(ref _previous) ?? Now : Now;

    private async Task<LoadedModel?> NewerAsync(ModelVersion? wanted, LoadedModel? has, CancellationToken cancellationToken) =>
        wanted is not null && wanted.Key != has?.Version.Key && await models.ReadAsync(wanted.Key, cancellationToken) is { } model ? new(wanted, model) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Freshness, time);
        do
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The one that is there stays in use, and the next round tries again.
                log.LogError(fault, "The published model could not be read.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

internal sealed record LoadedModel(ModelVersion Version, TitleModel Titles);
