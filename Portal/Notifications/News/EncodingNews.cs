using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Tells studios that an encoding ended or a master was refused. It reads what Transcoder and Ingest write, wherever they run. Every node may
/// run it, and twice; after a pause it goes on from where all were told.</summary>
internal sealed class EncodingNews(
    IDocuments documents, AccountStore accounts, Notifier notifier, WebhookPost webhooks, IOptions<NotificationOptions> options, TimeProvider time) : IDisposable
{
    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private readonly IDocumentSet<EncodingMark> _marks = documents.Set(EncodingMark.Schema);
    private readonly IDocumentSet<EncodingOutcome> _outcomes = documents.Set(EncodingOutcome.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    // Of the overlap: what this process told it does not look at again in each round.
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await TellAllAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task TellAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mark = (await _marks.GetAsync(EncodingMark.Id, cancellationToken))?.Value ?? new(now, now);
        // What ended before there was a mark is no news; nor is what is older than is remembered, which could be told twice.
        var from = Latest(mark.Until - Overlap, mark.Since ?? DateTimeOffset.MinValue, now - options.Value.Memory / 2);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ended = new DocumentQuery { Filters = [DocumentFilter.AtLeast("written", from)], Sort = [new("written")], Limit = 500 };
        await foreach (var (job, _, outcome) in _outcomes.QueryAllAsync(ended, cancellationToken))
        {
            var key = FormattableString.Invariant($"encode:{job}:{outcome.EndedAt.ToUnixTimeMilliseconds()}");
            seen.Add(key);
            if (!_told.Contains(key) && await _assets.GetAsync(outcome.AssetId, cancellationToken) is { Value: { State: not AssetState.Deleted } asset })
                await TellAsync(asset, key, outcome.IsDone, outcome.Problem, outcome.EndedAt, cancellationToken);
            _told.Add(key);
        }

        var refused = new DocumentQuery { Filters = [DocumentFilter.AtLeast("refused", from)], Sort = [new("refused")], Limit = 500 };
        await foreach (var (id, _, asset) in _assets.QueryAllAsync(refused, cancellationToken))
        {
            var key = $"refused:{id}";
            seen.Add(key);
            if (!_told.Contains(key)) await TellAsync(asset, key, isDone: false, asset.Problem, asset.RefusedAt!.Value, cancellationToken);
            _told.Add(key);
        }

        _told.IntersectWith(seen);
        await MarkAsync(mark with { Until = now }, cancellationToken);
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
            if (!(at < person.Value.JoinedAt)) await notifier.TellAsync(new Notice(person.Id, null, kind, key, about), cancellationToken);
        // An administrator's own master has the account as its owner; where it is none, nobody is there.
        await notifier.TellAsync(new Notice(owner, null, kind, key, about), cancellationToken);
    }

    private async Task MarkAsync(EncodingMark next, CancellationToken cancellationToken)
    {
        while (await _marks.UpdateAsync(EncodingMark.Id, known => known.Until >= next.Until ? null : next, cancellationToken) is null)
            if (await _marks.InsertAsync(EncodingMark.Id, next, cancellationToken) is not null) return;
    }

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> moments)
    {
        var latest = moments[0];
        foreach (var moment in moments) latest = moment > latest ? moment : latest;
        return latest;
    }
}

/// <summary>What webhooks tell of an asset.</summary>
/// <param name="Title">As it was taken in, or the file's name.</param>
/// <param name="Problem">Null where it was encoded.</param>
internal sealed record EncodedAsset(string AssetId, string? Title, ProblemReport? Problem);
