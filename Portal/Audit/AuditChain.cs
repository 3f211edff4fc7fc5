using System.Globalization;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Audit;

/// <param name="FirstBreak">The number of the first event that was changed, or before which one is missing; of those that are missing at the end, the
/// first. Null when there is none in what was checked.</param>
/// <param name="Checked">Events that this request looked at.</param>
/// <param name="Next">The <c>after</c> of the next part; null when this was the last, or there is a break.</param>
/// <param name="Tail">How the end is; null where it was not come to.</param>
internal sealed record AuditCheck(long? FirstBreak, int Checked, string? Next, CheckedTail? Tail);

/// <param name="Number">Of the newest event, as it was sealed; null where that cannot be read.</param>
/// <param name="Since">From this event on the seal was kept without being made anew; null likewise.</param>
internal sealed record CheckedTail(TailState State, long? Number, long? Since);

internal enum TailState
{
    /// <summary>The newest event that was sealed is there, as it was.</summary>
    Kept,

    /// <summary>It is gone.</summary>
    Cut,

    /// <summary>Another is in its place.</summary>
    Remade,

    /// <summary>There are events and no seal.</summary>
    Missing,

    /// <summary>It was not sealed by the keys that there are.</summary>
    Unreadable,
}

/// <summary>Looks at the chain of events in parts, so that no request lasts as long as there are events.</summary>
internal sealed class AuditChain(IDocuments documents, AuditAnchors anchors, IOptions<AuditOptions> options)
{
    private const int Page = 1000;

    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);

    /// <param name="after">The next of the part before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidCursorException">It is no such.</exception>
    public async Task<AuditCheck> CheckAsync(string? after, CancellationToken cancellationToken)
    {
        var (seen, most) = (0, options.Value.CheckedAtOnce);
        AuditEvent? before = null;
        if (after is not null)
        {
            var (number, hash) = Parse(after);
            before = (await _events.GetAsync(AuditEvent.IdOf(number), cancellationToken))?.Value;
            if (before is null || before.Hash != hash) return new(number, seen, null, null); // Since the part before.
        }

        var rest = new DocumentQuery { Filters = [DocumentFilter.Above("number", before?.Number ?? 0)], Sort = [new("number")], Limit = Math.Min(Page, most) };
        await foreach (var (_, _, now) in _events.QueryAllAsync(rest, cancellationToken))
        {
            if (seen == most) return new(null, seen, $"{before!.Number}.{before.Hash}", null);
            seen++;
            if (!now.Follows(before)) return new(now.Number, seen, null, null);
            before = now;
        }

        return await EndAsync(before, seen, cancellationToken);
    }

    private async Task<AuditCheck> EndAsync(AuditEvent? last, int seen, CancellationToken cancellationToken)
    {
        var (isThere, tail) = await anchors.ReadAsync(cancellationToken);
        if (tail is null) return new(null, seen, null, new(isThere ? TailState.Unreadable : last is null ? TailState.Kept : TailState.Missing, null, null));
        // Others may have been added since, and the anchor moved on.
        var at = tail.Number == last?.Number ? last : (await _events.GetAsync(AuditEvent.IdOf(tail.Number), cancellationToken))?.Value;
        return at is null ? new((last?.Number ?? 0) + 1, seen, null, Of(TailState.Cut))
            : at.Hash != tail.Hash ? new(tail.Number, seen, null, Of(TailState.Remade))
            : new(null, seen, null, Of(TailState.Kept));

        CheckedTail Of(TailState state) => new(state, tail.Number, tail.Since);
    }

    private static (long Number, string Hash) Parse(string after) =>
        after.Split('.') is [var number, { Length: > 0 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? (parsed, hash) : throw new InvalidCursorException();
}
