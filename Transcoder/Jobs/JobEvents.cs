using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FlickStream.Platform.Access;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Server-sent events <c>job</c>: each carries the job as it now stands, without its steps. Between them comments keep the
/// connection from looking idle.</summary>
internal sealed class JobEvents(IDocuments documents, IBus bus, IHostApplicationLifetime lifetime, IOptions<BoardOptions> options, TimeProvider time)
{
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<EncodingStatus> _statuses = documents.Set(EncodingStatus.Schema);

    public static ServerSentEventsResult<JobView> Handle(HttpContext http, JobEvents events, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(events.FollowAsync(Caller.Of(http), http.Response.Body, cancellationToken));

    internal async IAsyncEnumerable<SseItem<JobView>> FollowAsync(Caller caller, Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var changes = await bus.SubscribeAsync(Topics.JobChanged, cancellationToken);

        // The answer's head tells the client that from now on it misses nothing; else it would come with the first event.
        await body.FlushAsync(cancellationToken);
        await foreach (var id in UntilStopAsync(changes, body, cancellationToken))
        {
            if (await _jobs.GetAsync(id, cancellationToken) is not { Value: var job } || !caller.MayUse(job.Owner)) continue;
            var status = await _statuses.GetAsync(job.AssetId, cancellationToken);
            yield return new SseItem<JobView>(JobView.Of(job, status?.Value), "job");
        }
    }

    /// <summary>Ends when the host stops, which would else wait for clients that never leave.</summary>
    private async IAsyncEnumerable<string> UntilStopAsync(
        IBusSubscription changes, Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stopping = lifetime.ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var timer = new PeriodicTimer(options.Value.EventsKeepAlive, time);
        await using var ids = changes.ReadAllAsync(either.Token).GetAsyncEnumerator(either.Token);
        var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        while (await NextAsync()) yield return ids.Current;

        async Task<bool> NextAsync()
        {
            var next = ids.MoveNextAsync().AsTask();
            try
            {
                // Whoever writes the events waits for the next one: nothing else is written meanwhile.
                while (await Task.WhenAny(next, tick) != next)
                {
                    await body.WriteAsync(Comment, either.Token);
                    await body.FlushAsync(either.Token);
                    tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
                }

                return await next;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return false;
            }
            finally
            {
                // The client left while a comment was written: an enumeration must not be disposed amid a step.
                if (!next.IsCompleted)
                {
                    await either.CancelAsync();
                    await Task.WhenAny(next);
                }
            }
        }
    }
}
