using System.Threading.Channels;
using FlickStream.Portal.Features;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations.Site.Rows;
using FlickStream.Portal.Watching.Playing;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>Keeps what was shown, many pages with one writing and none in a request. What is too much, or cannot be written, is lost: figures are
/// made of it, and nothing else.</summary>
internal sealed class ExposureLog(
    ExposureStore exposures, ProfileStore profiles, IOptions<RecommendationOptions> options, TimeProvider time, ILogger<ExposureLog> log) : BackgroundService
{
    // Of up to four kilobytes each.
    private const int MostWaiting = 10_000, Together = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Channel<Exposure> _waiting = Channel.CreateBounded<Exposure>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(Watcher watcher, Experiment? experiment, Variant variant, RecommendationPage page)
    {
        if (FeatureRule.SideOf("exposures", watcher.Profile.Id) >= options.Value.ExposedPercent) return;
        var rows = page.Rows.Index().Select(row => (row.Item.Kind, row.Index, TitleIds: row.Item.Items.Where(item => item.Why != Why.Begun).Select(item => item.Title.Id).ToList()))
            .Where(row => row.TitleIds.Count > 0).ToList();
        _waiting.Writer.TryWrite(new()
        {
            AccountId = watcher.Session.AccountId, ProfileId = watcher.Profile.Id, At = time.GetUtcNow(), Experiment = experiment?.Name, Variant = variant.Name,
            ModelFrom = page.ModelFrom,
            TitleIds = [.. rows.SelectMany(row => row.TitleIds)], Rows = [.. rows.Select(row => new ShownRow(row.Kind, row.Index, row.TitleIds.Count))],
        });
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Exposure>(Together);
        while (_waiting.Reader.TryRead(out var exposure))
        {
            batch.Add(exposure);
            if (batch.Count < Together) continue;
            await WriteAsync(batch, cancellationToken);
            batch.Clear();
        }

        if (batch.Count > 0) await WriteAsync(batch, cancellationToken);
    }

    // Here or at another node a profile may have been deleted while its page waited.
    private async Task WriteAsync(List<Exposure> batch, CancellationToken cancellationToken)
    {
        var staying = await profiles.StayingAsync([.. batch.Select(exposure => exposure.ProfileId).Distinct()], cancellationToken);
        await exposures.AddAsync([.. batch.Where(exposure => staying.Contains(exposure.ProfileId))], cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(fault, "What was shown could not be kept.");
            }
        }
    }
}
