using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>The model that this node uses: read when another is published, and swapped whole between two requests.</summary>
internal sealed class CurrentModel(ModelStore models, IOptions<RecommendationOptions> options, TimeProvider time, ILogger<CurrentModel> log) : BackgroundService
{
    private LoadedModel? _current;

    /// <summary>Null until one is published and read.</summary>
    public LoadedModel? Now => Volatile.Read(ref _current);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if ((await models.FindAsync(cancellationToken)).Current is not { } wanted || wanted.Key == _current?.Version.Key) return;
        if (await models.ReadAsync(wanted.Key, cancellationToken) is { } model) Volatile.Write(ref _current, new(wanted, model));
    }

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
