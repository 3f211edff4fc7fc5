using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Names;
using FlickStream.Portal.Reviews.Writing;

namespace FlickStream.Portal.Reviews;

/// <summary>What people wrote, and what they said of others' reviews.</summary>
internal sealed class ReviewData(ReviewStore reviews, ReviewRemoval removal, MarkStore marks, NameStore names) : IPersonalData, IProfileData
{
    public string Section => "reviews";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken)
    {
        var (helpful, reports) = await marks.OfAccountAsync(accountId, cancellationToken);
        return new
        {
            Names = (await names.OfAccountAsync(accountId, cancellationToken)).Select(name => new { name.ProfileId, name.Name }).ToList(),
            Reviews = await reviews.OfAsync("account", accountId, cancellationToken)
                .Select(review => new { review.Value.ProfileId, Review = OwnReview.Of(review.Value, null) }).ToListAsync(cancellationToken),
            Helpful = helpful.Select(mark => new { mark.ReviewId, mark.At }).ToList(),
            Reports = reports.Select(report => new { report.ReviewId, report.Reason, report.Note, report.At }).ToList(),
        };
    }

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await removal.RemoveOfAsync("account", accountId, cancellationToken);
        await marks.DeleteOfAccountAsync(accountId, cancellationToken);
        await names.DeleteAsync("account", accountId, cancellationToken);
    }

    public async Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken)
    {
        await removal.RemoveOfAsync("profile", profileId, cancellationToken);
        await names.DeleteAsync("profile", profileId, cancellationToken);
    }
}
