using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Ledger;

/// <summary>What each account holds, by sums of months that entries are counted into some time after they were made.</summary>
/// <remarks>An entry is counted once, whoever counts, and wherever they are killed: the month is read before the entries that are not counted, and
/// written only if nobody wrote it since. It names those it counted until they say so themselves.</remarks>
internal sealed class LedgerBalances(IDocuments documents)
{
    private const int AtOnce = 500;

    private readonly IDocumentSet<LedgerEntry> _entries = documents.Set(LedgerEntry.Schema);
    private readonly IDocumentSet<LedgerMonth> _months = documents.Set(LedgerMonth.Schema);

    /// <summary>Each currency of a ledger that balances sums to nothing. Costs by the months there are, and by what is not counted yet.</summary>
    public async Task<LedgerSums> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            var months = await MonthsAsync(stop);
            var counting = months.SelectMany(month => month.Value.Counting).ToHashSet();
            var postings = months.SelectMany(month => month.Value.Sums).ToList();
            await foreach (var entry in _entries.QueryAllAsync(Uncounted(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), stop))
                if (!counting.Contains(entry.Id)) postings.AddRange(entry.Value.Postings);
            // What was counted while it was read is in neither or in both.
            var again = await MonthsAsync(stop);
            if (again.Select(month => (month.Id, month.Version)).SequenceEqual(months.Select(month => (month.Id, month.Version))))
                return new LedgerSums(LedgerMonth.Sum(postings), [.. months.Select(month => month.Value)]);
        }
    }

    /// <summary>Counts what is not counted yet.</summary>
    public async Task CountAsync(CancellationToken stop)
    {
        while ((await _entries.QueryAsync(Uncounted(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) with { Limit = 1 }, stop)).Items is [var first])
            await CountAsync(LedgerMonth.StartOf(first.Value.At), stop);
    }

    /// <summary>Some of a month.</summary>
    private async Task CountAsync(DateTimeOffset start, CancellationToken stop)
    {
        var id = LedgerMonth.IdOf(start);
        if (await _months.GetAsync(id, stop) is not { } month)
        {
            await _months.InsertAsync(id, new LedgerMonth { Start = start, CheckAt = start.AddDays(1) }, stop);
            return;
        }

        var waiting = (await _entries.QueryAsync(Uncounted(start, month.Value.End), stop)).Items;
        var more = waiting.Where(entry => !month.Value.Counting.Contains(entry.Id)).ToList();
        var next = month.Value with
        {
            Sums = LedgerMonth.Sum([.. month.Value.Sums, .. more.SelectMany(entry => entry.Value.Postings)]), Entries = month.Value.Entries + more.Count,
            // Of those that it named before, who waits no more has said so, but for who is not on this page.
            Counting = [.. waiting.Select(entry => entry.Id).Union(waiting.Count < AtOnce ? [] : month.Value.Counting)],
        };
        if (more.Count > 0 && await _months.ReplaceAsync(id, month.Version, next, stop) is null) return;
        foreach (var entry in waiting) await _entries.ReplaceAsync(entry.Id, entry.Version, entry.Value with { IsCounted = true }, stop);
    }

    private static DocumentQuery Uncounted(DateTimeOffset start, DateTimeOffset end) => new()
    {
        Filters = [DocumentFilter.AtLeast("uncounted", start), DocumentFilter.Below("uncounted", end)], Sort = [new("uncounted")], Limit = AtOnce,
    };

    private async Task<List<Stored<LedgerMonth>>> MonthsAsync(CancellationToken stop) =>
        await _months.QueryAllAsync(new() { Limit = 1000 }, stop).ToListAsync(stop);
}

/// <param name="Sums">By account and currency.</param>
internal sealed record LedgerSums(IReadOnlyList<Posting> Sums, IReadOnlyList<LedgerMonth> Months)
{
    public bool IsBalanced => Sums.GroupBy(posting => posting.Amount.Currency).All(currency => currency.Sum(posting => posting.Amount.Amount) == 0);
}
