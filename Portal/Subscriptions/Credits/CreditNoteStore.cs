using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Credits;

internal sealed class CreditNoteStore(IDocuments documents)
{
    private readonly IDocumentSet<CreditNote> _notes = documents.Set(CreditNote.Schema);

    /// <summary>Gives it the next number. One of the same key that is there already stays as it is.</summary>
    /// <param name="note">Whatever its number.</param>
    /// <param name="stop">Stops it.</param>
    public async Task AddAsync(CreditNote note, CancellationToken stop)
    {
        while (await _notes.CountAsync([DocumentFilter.Equal("key", note.Key)], stop) == 0)
        {
            var last = (await _notes.QueryAsync(new() { Sort = [new("number", Descending: true)], Limit = 1 }, stop)).Items is [var found] ? found.Value.Number : 0;
            // Whoever is second to the same number takes the next one, and whoever is second with the same key takes none.
            if (await _notes.InsertAsync(CreditNote.IdOf(last + 1), note with { Number = last + 1 }, stop) is not null) return;
        }
    }

    public async Task<CreditNote?> GetAsync(long number, CancellationToken stop) => (await _notes.GetAsync(CreditNote.IdOf(number), stop))?.Value;

    /// <summary>The newest first.</summary>
    public Task<DocumentPage<CreditNote>> ListAsync(string accountId, int limit, string? after, CancellationToken stop) => _notes.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("number", Descending: true)], Limit = limit, After = after }, stop);

    public IAsyncEnumerable<Stored<CreditNote>> OfInvoiceAsync(long number, CancellationToken stop) =>
        _notes.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("invoice", number)], Sort = [new("number")] }, stop);

    public IAsyncEnumerable<Stored<CreditNote>> AllAsync(string accountId, CancellationToken stop) =>
        _notes.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("number")] }, stop);

    /// <summary>Takes the person out of those of an account.</summary>
    public async Task ForgetPersonAsync(string accountId, CancellationToken stop)
    {
        await foreach (var note in AllAsync(accountId, stop)) await _notes.UpdateAsync(note.Id, now => now.Email is null ? null : now with { Email = null }, stop);
    }
}
