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
    public static ServerSentEventsResult<JobView> Handle(IDocuments documents, IBus bus, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(FollowAsync(documents, bus, cancellationToken));

    private static async IAsyncEnumerable<SseItem<JobView>> FollowAsync(
        IDocuments documents, IBus bus, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var changes = await bus.SubscribeAsync(Topics.JobChanged, cancellationToken);
        var statuses = documents.Set(EncodingStatus.Schema);
        await foreach (var id in changes.ReadAllAsync(cancellationToken))
        {
            if (await documents.Set(Job.Schema).GetAsync(id, cancellationToken) is not { Value: var job }) continue;
            var status = await statuses.GetAsync(job.AssetId, cancellationToken);
            yield return new SseItem<JobView>(JobView.Of(job, status?.Value), "job");
        }
    }
}
