using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists.Reports;

/// <summary>What readers say of shared lists. A list's number is counted from the reports after each of them, so that two at once are both in it.</summary>
/// <remarks>A report is over once it was decided about: after that its account may say so again, as the list may have become another.</remarks>
internal sealed class ListReportStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<ListReport> _reports = documents.Set(ListReport.Schema);
    private readonly IDocumentSet<SharedList> _lists = documents.Set(SharedList.Schema);

    /// <param name="report">That is made.</param>
    /// <param name="settledUntil">See <see cref="SharedList.SettledUntil"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when the account has done so since it was decided.</returns>
    public async Task<bool> AddAsync(ListReport report, DateTimeOffset? settledUntil, CancellationToken cancellationToken)
    {
        var id = ListReport.IdOf(report.Slug, report.AccountId);
        var isNew = await _reports.InsertAsync(id, report, cancellationToken) is not null
            || (await _reports.GetAsync(id, cancellationToken) is { } known && known.Value.At <= settledUntil
                && await _reports.ReplaceAsync(id, known.Version, report, cancellationToken) is not null);
        // The second time too: the process may have ended after it wrote the first.
        await CountAsync(report.Slug, cancellationToken);
        return isNew;
    }

    /// <summary>Counts a list's reports.</summary>
    /// <returns>The list as it then is; null where it is gone.</returns>
    public async Task<SharedList?> CountAsync(string slug, CancellationToken cancellationToken)
    {
        while (await _lists.GetAsync(slug, cancellationToken) is { } list)
        {
            DocumentFilter[] open = [DocumentFilter.Equal("slug", slug), DocumentFilter.Above("at", list.Value.SettledUntil ?? DateTimeOffset.UnixEpoch)];
            var count = (int)await _reports.CountAsync(open, cancellationToken);
            if (await _lists.ReplaceAsync(list.Id, list.Version, list.Value.WithReports(count, time.GetUtcNow()), cancellationToken) is { } counted) return counted.Value;
        }

        // It was taken back in this moment.
        await DeleteOfListAsync(slug, cancellationToken);
        return null;
    }

    /// <summary>Of a list, the latest first.</summary>
    public Task<DocumentPage<ListReport>> OfListAsync(string slug, int limit, string? after, CancellationToken cancellationToken) => _reports.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("slug", slug)], Sort = [new("at", Descending: true)], Limit = limit, After = after }, cancellationToken);

    public IAsyncEnumerable<Stored<ListReport>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _reports.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 500 }, cancellationToken);

    /// <summary>Takes away who said so and in what words; that somebody did stays: that they are gone makes the list no better.</summary>
    public async Task DeleteOfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var nobody = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountId)));
        foreach (var report in await OfAccountAsync(accountId, cancellationToken).ToListAsync(cancellationToken))
        {
            // Under an id that comes out the same when this is done again.
            await _reports.InsertAsync(ListReport.IdOf(report.Value.Slug, nobody), report.Value with { AccountId = "", Note = null }, cancellationToken);
            await _reports.DeleteAsync(report.Id, null, cancellationToken);
        }
    }

    public Task DeleteOfListAsync(string slug, CancellationToken cancellationToken) =>
        _reports.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("slug", slug)], Limit = 500 }, cancellationToken);
}
