using System.Threading.Channels;
using FlickStream.Transcoder.Board;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>
/// Measures titles that this worker published, one after the other. It is no step of the job: nothing waits for it, nothing fails by it,
/// and what a worker that stops has not measured stays without figures.
/// </summary>
internal sealed class QualityQueue(MeasureQuality quality, IOptions<WorkerOptions> options, ILogger<QualityQueue> logger) : BackgroundService
{
    private const int MostWaiting = 100;

    private readonly Channel<Job> _published = Channel.CreateBounded<Job>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(Job job)
    {
        if (options.Value.MeasureQuality) _published.Writer.TryWrite(job);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in _published.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await quality.RunAsync(job, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "The quality of {Job} could not be measured", job.Id);
            }
        }
    }
}
