using System.Diagnostics;
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
            // Nothing stays noted, so that whichever node comes next begins at once.
        }
    }

    public async Task TrainAsync(CancellationToken cancellationToken)
    {
        if (!IsDue(await models.FindAsync(cancellationToken))) return;
        await using var lease = await HeldLease.TryTakeAsync(leases, "recommendations:train", LeaseDuration, time, cancellationToken: cancellationToken);
        if (lease is null) return;
        var before = await models.FindAsync(cancellationToken);
        if (!IsDue(before)) return;
        // Before anything is read: what ends the process, as for want of memory, would otherwise end the next node's too.
        var begun = TriedModel.Begun(time.GetUtcNow());
        if (!await models.NoteAsync(begun, before.TriedAt)) return;
        var watched = 0;
        try
        {
            var site = await data.ReadAsync(cancellationToken);
            watched = site.Table.SeenCount;
            var (tried, model) = await MakeAsync(site, cancellationToken);
            // A node that stood still is not to undo what another made meanwhile.
            if (!await lease.RenewAsync(cancellationToken) || !await EndAsync(tried, model, begun.At, cancellationToken))
            {
                await models.TakeBackAsync(begun.At, before);
                log.LogWarning("What came of {Watched} watched titles is dropped, as another node trains or has trained, or the model is held.", watched);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await models.TakeBackAsync(begun.At, before);
            throw;
        }
        catch (Exception fault)
        {
            var id = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("n");
            log.LogError(fault, "No model could be made of {Watched} watched titles, id {ErrorId}", watched, id);
            var reason = $"The training failed ({fault.GetType().Name}): the log tells more under {id}.";
            await models.NoteAsync(new(time.GetUtcNow(), watched, Judgement.None, reason) { IsFault = true }, begun.At);
        }

        await models.SweepAsync(cancellationToken);
    }

    // The model is null where it is refused.
    private async Task<(TriedModel Tried, TitleModel? Model)> MakeAsync(TrainingData site, CancellationToken cancellationToken)
    {
        var (now, training) = (time.GetUtcNow(), new ModelTraining(new() { HeadTitles = options.Value.HeadTitles }, OpenBlas.Installed, cancellationToken));
        if (ModelGate.Refusal(site.Table.SeenCount, training.JudgesOf(site.Table), options.Value) is { } lacking)
            return (new(now, site.Table.SeenCount, Judgement.None, lacking), null);
        if (!RankerTraining.IsAvailable) log.LogWarning("There will be no ranker: LightGBM's library, which is for x64, or libgomp1, which it wants, is not here.");
        var model = await Task.Run(() => training.Train(site.Table, site.Texts, HiddenPart.Latest), cancellationToken);
        var before = (await models.FindAsync(cancellationToken)).Current;
        var refusal = ModelGate.Refusal(training.Judged, before?.Judged, options.Value);
        if (refusal is not null) log.LogWarning("The model that was made of {Watched} watched titles is not used: {Refusal}", site.Table.SeenCount, refusal);
        return (new(now, site.Table.SeenCount, training.Judged, refusal), refusal is null ? new(site.TitleIds, model) : null);
    }

    private async Task<bool> EndAsync(TriedModel tried, TitleModel? model, DateTimeOffset after, CancellationToken cancellationToken)
    {
        if (model is null) return await models.NoteAsync(tried, after);
        if (!await models.PublishAsync(model, tried, after, cancellationToken)) return false;
        log.LogInformation("A model of {Watched} watched titles is published: {Judged}", tried.Watched, tried.Judged);
        return true;
    }

    private bool IsDue(PublishedModel published) =>
        published.HeldSince is null && options.Value.TrainEvery is var every && every > TimeSpan.Zero && published.DueAt(every) <= time.GetUtcNow();
}
