using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Webhooks;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Tells studios that an encoding ended or a master was refused. It reads what Transcoder and Ingest write, wherever they run. Every node may
/// run it, and twice; after a pause it goes on from where all were told.</summary>
[DisallowConcurrentExecution]
internal sealed class EncodingNews(
    IDocuments documents, AccountStore accounts, Notifier notifier, WebhookPost webhooks, IOptions<NotificationOptions> options, TimeProvider time) : IJob
{
    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    // Of a refused master only its upload's end is dated: inspection may wait so long.
    private static readonly TimeSpan LongestInspection = TimeSpan.FromDays(2);

    private readonly IDocumentSet<EncodingMark> _marks = documents.Set(EncodingMark.Schema);
    private readonly IDocumentSet<EncodingOutcome> _outcomes = documents.Set(EncodingOutcome.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(TellAsync(cancellationToken));

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What ended before there was a mark is no news; nor is what is older than is remembered, which could be told twice.
        var until = (await _marks.GetAsync(EncodingMark.Id, cancellationToken))?.Value.Until ?? now;
        var from = until > now - options.Value.Memory / 2 ? until : now - options.Value.Memory / 2;
        var ended = new DocumentQuery { Filters = [DocumentFilter.AtLeast("written", from - Overlap)], Sort = [new("written")], Limit = 500 };
        await foreach (var (job, _, outcome) in _outcomes.QueryAllAsync(ended, cancellationToken))
        {
            if (await _assets.GetAsync(outcome.AssetId, cancellationToken) is not { Value: { State: not AssetState.Deleted } asset }) continue;
            var key = FormattableString.Invariant($"encode:{job}:{outcome.EndedAt.ToUnixTimeMilliseconds()}");
            await TellAsync(asset, key, outcome.IsDone, outcome.Problem, outcome.EndedAt, cancellationToken);
        }

        var refused = new DocumentQuery
        {
            Filters = [DocumentFilter.Equal("state", nameof(AssetState.Refused)), DocumentFilter.AtLeast("created", from - LongestInspection)],
            Sort = [new("created")], Limit = 500,
        };
        await foreach (var (id, _, asset) in _assets.QueryAllAsync(refused, cancellationToken))
            await TellAsync(asset, $"refused:{id}", isDone: false, asset.Problem, asset.CreatedAt, cancellationToken);

        await MarkAsync(now, cancellationToken);
        var old = DocumentFilter.AtMost("written", now - options.Value.Memory);
        await _outcomes.DeleteAllAsync(new() { Filters = [old], Sort = [new("written")], Limit = 500 }, cancellationToken);
    }

    private async Task TellAsync(Asset asset, string key, bool isDone, ProblemReport? problem, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (asset.Owner is not { } owner) return;
        var (kind, about) = (
            isDone ? NotificationKind.EncodeFinished : NotificationKind.EncodeFailed,
            new About { AssetId = asset.Id, AssetTitle = asset.Title is { Length: > 0 } title ? title : asset.FileName, Problem = problem });
        var type = isDone ? WebhookTypes.EncodeFinished : WebhookTypes.EncodeFailed;
        await webhooks.PostAsync(owner, type, key, at, new EncodedAsset(asset.Id, about.AssetTitle, problem), cancellationToken);
        await foreach (var person in accounts.OfOrganisationAsync(owner, cancellationToken))
            await notifier.TellAsync(new Notice(person.Id, null, kind, key, about), cancellationToken);
        // An administrator's own master has the account as its owner; where it is none, nobody is there.
        await notifier.TellAsync(new Notice(owner, null, kind, key, about), cancellationToken);
    }

    private async Task MarkAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await _marks.UpdateAsync(EncodingMark.Id, known => known.Until >= until ? null : new(until), cancellationToken) is null)
            if (await _marks.InsertAsync(EncodingMark.Id, new(until), cancellationToken) is not null) return;
    }
}

/// <summary>What webhooks tell of an asset.</summary>
/// <param name="Title">As it was taken in, or the file's name.</param>
/// <param name="Problem">Null where it was encoded.</param>
internal sealed record EncodedAsset(string AssetId, string? Title, ProblemReport? Problem);
