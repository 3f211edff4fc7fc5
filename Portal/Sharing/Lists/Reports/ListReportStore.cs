using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists.Reports;

/// <summary>What readers say of shared lists. A list's number is counted from the reports after each of them, so that two at once are both in it.</summary>
internal sealed class ListReportStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<ListReport> _reports = documents.Set(ListReport.Schema);
    private readonly IDocumentSet<SharedList> _lists = documents.Set(SharedList.Schema);

    /// <summary>False when the account has done so before.</summary>
    public async Task<bool> AddAsync(ListReport report, CancellationToken cancellationToken)
    {
        var isNew = await _reports.InsertAsync(ListReport.IdOf(report.Slug, report.AccountId), report, cancellationToken) is not null;
        // The second time too: the process may have ended after it wrote the first.
        while (await _lists.GetAsync(report.Slug, cancellationToken) is { } list)
        {
            var count = (int)await _reports.CountAsync([DocumentFilter.Equal("slug", report.Slug)], cancellationToken);
            if (await _lists.ReplaceAsync(list.Id, list.Version, list.Value.WithReports(count, time.GetUtcNow()), cancellationToken) is not null) return isNew;
        }

        // It was taken back in this moment.
        await DeleteOfListAsync(report.Slug, cancellationToken);
        return isNew;
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
