using System.Collections.Concurrent;
using FlickStream.Portal.Recommendations.Site.Experiments;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>The model that this node uses: read when another is published, and swapped whole between two requests.</summary>
internal sealed class CurrentModel(
    ModelStore models, ExperimentStore experiments, IOptions<RecommendationOptions> options, TimeProvider time, ILogger<CurrentModel> log) : BackgroundService
{
    // What was written wrongly stays so; what a line garbled is right the next time. Each attempt reads all of it.
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, UnreadableModel> _unreadable = new(StringComparer.Ordinal);
    private LoadedModel? _current;
    private LoadedModel? _previous;

    /// <summary>Null until one is published and read.</summary>
    public LoadedModel? Now => Volatile.Read(ref _current);

    /// <summary>Those that were published and cannot be used.</summary>
    public IReadOnlyList<UnreadableModel> Unreadable => [.. _unreadable.Values];

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var published = await models.FindAsync(cancellationToken);
        var newer = await NewerAsync(published.Current, _current, cancellationToken);
        // After a start the one before is better than none.
        if (newer is null && _current is null) newer = await NewerAsync(published.Previous, null, cancellationToken);
        // It takes as much memory once more, so only while somebody is shown it.
        var experiment = await experiments.NowAsync(cancellationToken);
        var other = experiment?.ComparesModels == true ? OtherOf(published, experiment) : null;
        var previous = other is null ? null : await NewerAsync(other, _previous, cancellationToken) ?? _previous;
        if (newer is not null) Volatile.Write(ref _current, newer);
        Volatile.Write(ref _previous, previous);
        foreach (var key in _unreadable.Keys)
            if (published.Versions().All(version => version.Key != key)) _unreadable.TryRemove(key, out _);
    }

    /// <summary>Null of one that this node has not read, or does not keep any more.</summary>
    public LoadedModel? Find(string key) => ((LoadedModel?[])[Now, Volatile.Read(ref _previous)]).FirstOrDefault(model => model?.Version.Key == key);

    // What an administrator goes back to may be none of the two.
    private static ModelVersion? OtherOf(PublishedModel published, Experiment experiment) => experiment.Models is not { } compared ? published.Previous
        : published.Versions().FirstOrDefault(version => version.Key != published.Current?.Key && (version.Key == compared.Current || version.Key == compared.Previous));

    private async Task<LoadedModel?> NewerAsync(ModelVersion? wanted, LoadedModel? has, CancellationToken cancellationToken)
    {
        if (wanted is null || wanted.Key == has?.Version.Key) return null;
        // After a rollback the two change places.
        if (Find(wanted.Key) is { } loaded) return loaded;
        var known = _unreadable.GetValueOrDefault(wanted.Key);
        if (known?.At + ReadAgainAfter > time.GetUtcNow()) return null;
        try
        {
            if (await models.ReadAsync(wanted, cancellationToken) is not { } model) return null;
            _unreadable.TryRemove(wanted.Key, out _);
            return new(wanted, model);
        }
        catch (InvalidDataException fault)
        {
            _unreadable[wanted.Key] = new(wanted.Key, time.GetUtcNow(), fault.Message);
            if (known is null) log.LogError(fault, "The model {Key} cannot be read. {InUse} stays in use.", wanted.Key, has?.Version.Key ?? "None");
            return null;
        }
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

/// <param name="At">When this node last tried.</param>
internal sealed record UnreadableModel(string Key, DateTimeOffset At, string Reason);
