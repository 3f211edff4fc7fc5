using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Server-sent events <c>job</c>: each carries the job as it now stands, without its steps.</summary>
internal static class JobEvents
{
    public static ServerSentEventsResult<JobView> Handle(
        HttpContext http, IDocuments documents, IBus bus, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(FollowAsync(http, documents, bus, lifetime.ApplicationStopping, cancellationToken));

    private static async IAsyncEnumerable<SseItem<JobView>> FollowAsync(
        HttpContext http, IDocuments documents, IBus bus, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var changes = await bus.SubscribeAsync(Topics.JobChanged, cancellationToken);

        // The answer's head tells the client that from now on it misses nothing; else it would come with the first event.
        await http.Response.Body.FlushAsync(cancellationToken);
        var statuses = documents.Set(EncodingStatus.Schema);
        await foreach (var id in UntilAsync(changes.ReadAllAsync, stopping, cancellationToken))
        {
            if (await documents.Set(Job.Schema).GetAsync(id, cancellationToken) is not { Value: var job }) continue;
            var status = await statuses.GetAsync(job.AssetId, cancellationToken);
            yield return new SseItem<JobView>(JobView.Of(job, status?.Value), "job");
        }
    }

    /// <summary>Ends when the host stops, which would else wait for clients that never leave.</summary>
    private static async IAsyncEnumerable<string> UntilAsync(
        Func<CancellationToken, IAsyncEnumerable<string>> source, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using var items = source(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync()) yield return items.Current;

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await items.MoveNextAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
