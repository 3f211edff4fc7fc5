using System.Diagnostics;
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
    SiteData data, ModelStore models, ILeases leases, IOptions<RecommendationOptions> options, TimeProvider time, IHostApplicationLifetime host, ILogger<TrainModel> log)
    : IJob
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // A process that ends waits for its jobs and does not tell them.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            await TrainAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nothing is noted, so that whichever node comes next begins at once.
        }
    }

    public async Task TrainAsync(CancellationToken cancellationToken)
    {
        if (!await IsDueAsync(cancellationToken)) return;
        await using var lease = await HeldLease.TryTakeAsync(leases, "recommendations:train", LeaseDuration, time, cancellationToken: cancellationToken);
        if (lease is null || !await IsDueAsync(cancellationToken)) return;
        var watched = 0;
        try
        {
            var site = await data.ReadAsync(cancellationToken);
            watched = site.Table.Count;
            await MakeAsync(site, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var id = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("n");
            log.LogError(fault, "No model could be made of {Watched} watched titles, id {ErrorId}", watched, id);
            await models.RefuseAsync(new(time.GetUtcNow(), watched, Judgement.None, $"The training failed ({fault.GetType().Name}): the log tells more under {id}.") { IsFault = true });
        }
    }

    private async Task MakeAsync(TrainingData site, CancellationToken cancellationToken)
    {
        var (now, training) = (time.GetUtcNow(), new ModelTraining(new(), OpenBlas.Installed, cancellationToken));
        if (ModelGate.Refusal(site.Table.Count, training.JudgesOf(site.Table), options.Value) is { } lacking)
        {
            await models.RefuseAsync(new(now, site.Table.Count, Judgement.None, lacking));
            return;
        }

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

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        options.Value.TrainEvery is var every && every > TimeSpan.Zero && (await models.FindAsync(cancellationToken)).DueAt(every) <= time.GetUtcNow();
}
