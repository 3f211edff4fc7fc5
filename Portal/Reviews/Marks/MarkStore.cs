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
        await _helpful.InsertAsync(IdOf(reviewId, accountId), new(reviewId, accountId, time.GetUtcNow()), cancellationToken);
        await CountHelpfulAsync(reviewId, cancellationToken);
    }

    public async Task UnmarkHelpfulAsync(string reviewId, string accountId, CancellationToken cancellationToken)
    {
        await _helpful.DeleteAsync(IdOf(reviewId, accountId), null, cancellationToken);
        await CountHelpfulAsync(reviewId, cancellationToken);
    }

    /// <summary>False when the account has done so before.</summary>
    public async Task<bool> ReportAsync(string reviewId, string accountId, string reason, string? note, CancellationToken cancellationToken)
    {
        var isNew = await _reports.InsertAsync(IdOf(reviewId, accountId), new(reviewId, accountId, reason, note, time.GetUtcNow()), cancellationToken) is not null;
        await RecountAsync(
            reviewId, _reports, (review, count) => review.Reports == count ? null : ReviewMoves.Report(review, count, options.Value.HeldAfterReports, time.GetUtcNow()),
            cancellationToken);
        return isNew;
    }

    public async Task<IReadOnlyList<Report>> ReportsOfAsync(string reviewId, CancellationToken cancellationToken) =>
        [.. (await _reports.QueryAsync(new() { Filters = [DocumentFilter.Equal("review", reviewId)] }, cancellationToken)).Items.Select(item => item.Value)];

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
            await _reports.InsertAsync(IdOf(report.ReviewId, nobody), report with { AccountId = "", Note = null }, cancellationToken);
            await _reports.DeleteAsync(IdOf(report.ReviewId, accountId), null, cancellationToken);
        }
    }

    public async Task DeleteOfReviewAsync(string reviewId, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal("review", reviewId)], Limit = 500 };
        await _helpful.DeleteAllAsync(all, cancellationToken);
        await _reports.DeleteAllAsync(all, cancellationToken);
    }

    private Task CountHelpfulAsync(string reviewId, CancellationToken cancellationToken) =>
        RecountAsync(reviewId, _helpful, (review, count) => review.Helpful == count ? null : review with { Helpful = count }, cancellationToken);

    private async Task RecountAsync<T>(string reviewId, IDocumentSet<T> marks, Func<Review, int, Review?> change, CancellationToken cancellationToken)
        where T : class
    {
        while (await _reviews.GetAsync(reviewId, cancellationToken) is { Value.State: not ReviewState.Deleted } stored)
        {
            var count = (int)await marks.CountAsync([DocumentFilter.Equal("review", reviewId)], cancellationToken);
            if (change(stored.Value, count) is not { } next || await _reviews.ReplaceAsync(reviewId, stored.Version, next, cancellationToken) is not null) return;
        }
    }

    private static string IdOf(string reviewId, string accountId) => $"{reviewId}.{accountId}";
}
