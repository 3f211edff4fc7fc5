using FlickStream.Origin.Grants;
using FlickStream.Origin.Presentations;
using FlickStream.Origin.Segments;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin;

/// <summary>Keeps what the origin holds in memory true: listens for changes, reads what no message told of, deletes what has
/// expired.</summary>
internal sealed class OriginUpkeep(
    IBus bus,
    IDocuments documents,
    PresentationCache presentations,
    Revocations revocations,
    DeliveryKeys keys,
    Withdrawals withdrawals,
    Releases releases,
    StreamPlaces places,
    IOptions<OriginOptions> options,
    TimeProvider time,
    ILogger<OriginUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(15);

    /// <summary>Nothing is served before the revocations are known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await revocations.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        ListenAsync(Topics.PresentationChanged, InvalidateAsync, stoppingToken),
        ListenAsync(Topics.AssetChanged, InvalidateAsync, stoppingToken),
        ListenAsync(Revocations.Topic, EndAsync, stoppingToken),
        RepeatAsync(options.Value.Freshness, revocations.RefreshAsync, stoppingToken),
        RepeatAsync(options.Value.WithdrawalInterval, withdrawals.SweepAsync, stoppingToken),
        RepeatAsync(options.Value.ReleaseInterval, releases.SweepAsync, stoppingToken),
        RepeatAsync(Sweep, SweepAsync, stoppingToken));

    private async Task ListenAsync(string topic, Func<string, Task> hear, CancellationToken stoppingToken)
    {
        await using var subscription = await bus.SubscribeAsync(topic, stoppingToken);
        await foreach (var message in subscription.ReadAllAsync(stoppingToken)) await hear(message);
    }

    private Task InvalidateAsync(string assetId)
    {
        presentations.Invalidate(assetId);
        return Task.CompletedTask;
    }

    private async Task EndAsync(string grantId)
    {
        revocations.Expect(grantId);
        try
        {
            await places.LeaveAsync(grantId);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The place of an ended stream could not be given back; it ends by itself in {Life}", options.Value.PlaceLife);
        }
    }

    private async Task RepeatAsync(TimeSpan pause, Func<CancellationToken, Task> action, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await action(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Upkeep of the origin failed; it is tried again in {Pause}", pause);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var grants = documents.Set(Grant.Schema);
        var expired = new DocumentQuery
        {
            Filters = [DocumentFilter.Below("expires", time.GetUtcNow())],
            Sort = [new DocumentSort("expires")],
            Limit = 1000,
        };
        await foreach (var grant in grants.QueryAllAsync(expired, cancellationToken))
        {
            await grants.DeleteAsync(grant.Id, cancellationToken: cancellationToken);
        }

        await keys.ForgetOldAsync(cancellationToken);
    }
}
