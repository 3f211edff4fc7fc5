using System.Globalization;
using FlickStream.Platform.Leases;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Makes a model when the last one is old enough, on whichever node gets the lease first. A bad one is refused, and the old one stays.</summary>
[DisallowConcurrentExecution]
internal sealed class TrainModel(
    SiteData data, ModelStore models, ILeases leases, IOptions<RecommendationOptions> options, TimeProvider time, ILogger<TrainModel> log) : IJob
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(2);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(TrainAsync(cancellationToken));

    public async Task TrainAsync(CancellationToken cancellationToken)
    {
        if (!await IsDueAsync(cancellationToken)) return;
        await using var lease = await HeldLease.TryTakeAsync(leases, "recommendations:train", LeaseDuration, time, cancellationToken: cancellationToken);
        if (lease is null || !await IsDueAsync(cancellationToken)) return;
        var site = await data.ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (site.Table.Count < options.Value.LeastWatched)
        {
            var refused = $"{site.Table.Count} movies and series were watched, {options.Value.LeastWatched} are needed.";
            await models.RefuseAsync(new(now, site.Table.Count, Judgement.None, refused));
            return;
        }

        var training = new ModelTraining(new(), OpenBlas.Installed);
        var model = await Task.Run(() => training.Train(site.Table, site.Texts, HiddenPart.Latest), cancellationToken);
        var before = (await models.FindAsync(cancellationToken)).Current;
        if (ModelGate.Refusal(training.Judged, before?.Judged, options.Value) is { } refusal)
        {
            log.LogWarning("The model that was made of {Watched} watched titles is not used: {Refusal}", site.Table.Count, refusal);
            await models.RefuseAsync(new(now, site.Table.Count, training.Judged, refusal));
            return;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"recommendations/{now:yyyyMMddHHmmss}-{Guid.NewGuid():n}.model");
        await models.PublishAsync(new(site.TitleIds, model), new(key, now, site.Table.Count, training.Judged), cancellationToken);
        log.LogInformation("A model of {Watched} watched titles is published: {Judged}", site.Table.Count, training.Judged);
    }

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken) => options.Value.TrainEvery > TimeSpan.Zero
        && (await models.FindAsync(cancellationToken)).TriedAt + options.Value.TrainEvery <= time.GetUtcNow();
}
