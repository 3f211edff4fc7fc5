using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Ledger;

/// <summary>Compares the sums of months with their entries, one month a run: the latest two each day, older ones each month. Changes neither.</summary>
internal sealed class LedgerCheck(IDocuments documents, TimeProvider time, ILogger<LedgerCheck> log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);
    private static readonly TimeSpan Later = TimeSpan.FromDays(30);

    private readonly IDocumentSet<LedgerEntry> _entries = documents.Set(LedgerEntry.Schema);
    private readonly IDocumentSet<LedgerMonth> _months = documents.Set(LedgerMonth.Schema);

    /// <summary>False where nothing is due.</summary>
    public async Task<bool> CheckAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var due = new DocumentQuery { Filters = [DocumentFilter.AtMost("check", now)], Sort = [new("check")], Limit = 1 };
        if ((await _months.QueryAsync(due, stop)).Items is not [var month]) return false;
        var wrong = await FaultOfAsync(month.Value, stop);
        if (wrong is not null && (await _months.GetAsync(month.Id, stop))?.Version != month.Version) return false; // Something was counted meanwhile.
        if (wrong is not null) log.LogError("The sums of {Month} are not those of its ledger entries: {Wrong}", month.Id, wrong);
        var next = now + (month.Value.Start >= LedgerMonth.StartOf(now).AddMonths(-1) ? Soon : Later);
        await _months.ReplaceAsync(month.Id, month.Version, month.Value with { CheckAt = next, CheckedAt = now, Wrong = wrong }, stop);
        return true;
    }

    private async Task<string?> FaultOfAsync(LedgerMonth month, CancellationToken stop)
    {
        var (counting, sums, entries) = (month.Counting.ToHashSet(), new List<Posting>(), 0L);
        var all = new DocumentQuery { Filters = [DocumentFilter.AtLeast("at", month.Start), DocumentFilter.Below("at", month.End)], Sort = [new("at")], Limit = 1000 };
        await foreach (var (id, _, entry) in _entries.QueryAllAsync(all, stop))
        {
            if (LedgerMonth.Sum(entry.Postings).GroupBy(posting => posting.Amount.Currency).Any(currency => currency.Sum(posting => posting.Amount.Amount) != 0))
                return $"{id} does not balance";
            if (!entry.IsCounted && !counting.Contains(id)) continue;
            entries++;
            sums = [.. LedgerMonth.Sum([.. sums, .. entry.Postings])];
        }

        return entries != month.Entries ? $"{month.Entries} entries are counted, {entries} there"
            : month.Sums.Except(sums).Concat(sums.Except(month.Sums)).FirstOrDefault() is { } differing ? $"{differing.Account} {differing.Amount.Currency}"
            : null;
    }
}
