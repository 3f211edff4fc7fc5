using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Reviews.Marks;

/// <summary>What readers say of reviews. A review's numbers are counted from the marks after each of them: whoever wrote one before another's number
/// was stored makes that storing fail, or counts after it.</summary>
internal sealed class MarkStore(IDocuments documents, IOptions<ReviewOptions> options, TimeProvider time)
{
    private readonly IDocumentSet<HelpfulMark> _helpful = documents.Set(HelpfulMark.Schema);
    private readonly IDocumentSet<Report> _reports = documents.Set(Report.Schema);
    private readonly IDocumentSet<Review> _reviews = documents.Set(Review.Schema);

    public async Task MarkHelpfulAsync(string reviewId, string accountId, CancellationToken cancellationToken)
    {
        var id = IdOf(reviewId, accountId);
        var mark = await _helpful.InsertAsync(id, new(reviewId, accountId, time.GetUtcNow()), cancellationToken)
            ?? await _helpful.UpdateAsync(id, known => known.IsGone ? known with { IsGone = false } : null, cancellationToken);
        if (mark is { Value.IsCounted: false }) await CountHelpfulAsync(mark, cancellationToken);
    }

    public async Task UnmarkHelpfulAsync(string reviewId, string accountId, CancellationToken cancellationToken)
    {
        var gone = await _helpful.UpdateAsync(IdOf(reviewId, accountId), known => known with { IsGone = true, IsCounted = false }, cancellationToken);
        if (gone is not null) await CountHelpfulAsync(gone, cancellationToken);
    }

    /// <summary>False when the account has done so before.</summary>
    /// <param name="made">With <see cref="Report.At"/> and <see cref="Report.Holds"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> ReportAsync(Report made, CancellationToken cancellationToken)
    {
        var report = await _reports.InsertAsync(IdOf(made.ReviewId, made.AccountId), made, cancellationToken);
        if (report is not null) await CountReportsAsync(report, cancellationToken);
        return report is not null;
    }

    /// <summary>Counts what a process that was killed left uncounted.</summary>
    public async Task FinishAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var fresh = new DocumentQuery { Filters = [DocumentFilter.AtMost("fresh", before)], Sort = [new("fresh")], Limit = 500 };
        await foreach (var report in _reports.QueryAllAsync(fresh, cancellationToken)) await CountReportsAsync(report, cancellationToken);
        await foreach (var mark in _helpful.QueryAllAsync(fresh, cancellationToken)) await CountHelpfulAsync(mark, cancellationToken);
    }

    /// <summary>Of a review, the latest first.</summary>
    /// <param name="reviewId">The review.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Report>> ReportsOfAsync(string reviewId, int limit, string? after, CancellationToken cancellationToken) => _reports.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("review", reviewId)], Sort = [new("at", Descending: true)], Limit = limit, After = after }, cancellationToken);

    /// <summary>What an account said of others' reviews.</summary>
    public async Task<(IReadOnlyList<HelpfulMark> Helpful, IReadOnlyList<Report> Reports)> OfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 500 };
        return (await _helpful.QueryAllAsync(all, cancellationToken).Select(item => item.Value).ToListAsync(cancellationToken),
            await _reports.QueryAllAsync(all, cancellationToken).Select(item => item.Value).ToListAsync(cancellationToken));
    }

    /// <summary>Takes away what an account said. That somebody reported a text stays, without who and in what words: that they are gone makes it no
    /// better.</summary>
    public async Task DeleteOfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var (helpful, reports) = await OfAccountAsync(accountId, cancellationToken);
        foreach (var mark in helpful) await UnmarkHelpfulAsync(mark.ReviewId, accountId, cancellationToken);
        var nobody = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountId)));
        foreach (var report in reports)
        {
            // Under an id that comes out the same when this is done again.
            await _reports.InsertAsync(IdOf(report.ReviewId, nobody), report with { AccountId = "", Note = null, Holds = false }, cancellationToken);
            await _reports.DeleteAsync(IdOf(report.ReviewId, accountId), null, cancellationToken);
        }
    }

    public async Task DeleteOfReviewAsync(string reviewId, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal("review", reviewId)], Limit = 500 };
        await _helpful.DeleteAllAsync(all, cancellationToken);
        await _reports.DeleteAllAsync(all, cancellationToken);
    }

    private async Task CountHelpfulAsync(Stored<HelpfulMark> mark, CancellationToken cancellationToken)
    {
        var id = mark.Value.ReviewId;
        await RecountAsync(
            id, async review => review with { Helpful = (int)await _helpful.CountAsync([DocumentFilter.Equal("counts", id)], cancellationToken) }, cancellationToken);
        if (mark.Value.IsGone) await _helpful.DeleteAsync(mark.Id, mark.Version, cancellationToken);
        else await _helpful.ReplaceAsync(mark.Id, mark.Version, mark.Value with { IsCounted = true }, cancellationToken);
    }

    private async Task CountReportsAsync(Stored<Report> report, CancellationToken cancellationToken)
    {
        var id = report.Value.ReviewId;
        await RecountAsync(id, ReportedAsync, cancellationToken);
        await _reports.ReplaceAsync(report.Id, report.Version, report.Value with { IsCounted = true }, cancellationToken);

        async Task<Review> ReportedAsync(Review review)
        {
            var all = await _reports.CountAsync([DocumentFilter.Equal("review", id)], cancellationToken);
            var holding = await _reports.CountAsync([DocumentFilter.Equal("holds", id)], cancellationToken);
            return ReviewMoves.Report(review, (int)all, (int)holding, options.Value.HeldAfterReports, time.GetUtcNow());
        }
    }

    /// <summary>Written though the number be the same: whoever counted before this mark must fail.</summary>
    private async Task RecountAsync(string reviewId, Func<Review, Task<Review>> counted, CancellationToken cancellationToken)
    {
        while (await _reviews.GetAsync(reviewId, cancellationToken) is { Value.State: not ReviewState.Deleted } stored)
            if (await _reviews.ReplaceAsync(reviewId, stored.Version, await counted(stored.Value), cancellationToken) is not null) return;
    }

    private static string IdOf(string reviewId, string accountId) => $"{reviewId}.{accountId}";
}
