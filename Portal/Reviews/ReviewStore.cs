using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Ratings;

namespace FlickStream.Portal.Reviews;

/// <summary>The one place that writes reviews: whatever changes one brings it to the rating of its title.</summary>
internal sealed class ReviewStore(IDocuments documents, RatingBook ratings, TimeProvider time)
{
    private readonly IDocumentSet<Review> _reviews = documents.Set(Review.Schema);
    private readonly RatedTitles _rated = new(documents);

    /// <summary>Null when there is none, or none any more.</summary>
    public async Task<Review?> GetAsync(string id, CancellationToken cancellationToken) =>
        await _reviews.GetAsync(id, cancellationToken) is { Value: { State: not ReviewState.Deleted } review } ? review : null;

    /// <summary>What a profile said of a title, be it taken back since.</summary>
    public async Task<Review?> FindAsync(string profileId, string titleId, CancellationToken cancellationToken)
    {
        var page = await _reviews.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("title", titleId)], Limit = 1 }, cancellationToken);
        return page.Items is [var found] ? found.Value : null;
    }

    /// <summary>Makes the profile's review of a title, or another of it.</summary>
    /// <param name="profile">Whose.</param>
    /// <param name="titleId">Of what.</param>
    /// <param name="write">Pure, may run several times; is given an empty one at first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Review> PutAsync(Profile profile, string titleId, Func<Review, Review> write, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(profile.Id, titleId, cancellationToken) is { } known)
            {
                // One that goes in this moment makes room for another.
                if (await ChangeAsync(known.Id, review => write(review), cancellationToken) is { } changed) return changed;
                continue;
            }

            var now = time.GetUtcNow();
            var made = write(new Review
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), AccountId = profile.AccountId, ProfileId = profile.Id, TitleId = titleId,
                StateSince = now, CreatedAt = now, EditedAt = now,
            });
            if (await _reviews.InsertAsync(made.Id, made, cancellationToken) is null) continue;
            await _rated.FollowAsync(profile.Id, titleId, cancellationToken);
            await ratings.CountAsync(titleId, made.Id, cancellationToken);
            return made;
        }
    }

    /// <summary>The review as it now stands; null when there is none.</summary>
    /// <param name="id">The review.</param>
    /// <param name="change">Pure, may run several times; null leaves it as it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Review?> ChangeAsync(string id, Func<Review, Review?> change, CancellationToken cancellationToken)
    {
        var wasRated = false;
        var changed = await _reviews.UpdateAsync(id, Changed, cancellationToken);
        if (changed?.Value is not { } now) return null;
        // Whatever is not counted yet, and before it is: the node that wrote it, or this one, may be killed before it is followed.
        if (!now.IsCounted || wasRated != (now.Rating is not null)) await _rated.FollowAsync(now.ProfileId, now.TitleId, cancellationToken);
        if (!now.IsCounted) await ratings.CountAsync(now.TitleId, id, cancellationToken);
        return now.State == ReviewState.Deleted ? null : now;

        // Whoever counts what it was must fail, or be known to have: it may look as if it were not counted yet.
        Review? Changed(Review review)
        {
            wasRated = review.Rating is not null;
            return review.State == ReviewState.Deleted || change(review) is not { } next ? null
                : next.Contribution == review.Contribution ? next : next with { ChangedTurn = review.CountedTurn };
        }
    }

    /// <summary>All titles that a profile rated and did not take back, in one reading.</summary>
    public Task<IReadOnlyList<string>> RatedAsync(Profile profile, CancellationToken cancellationToken) => _rated.ReadAsync(profile, cancellationToken);

    /// <summary>What a profile gave titles, at most 1000 of them, by their ids.</summary>
    /// <param name="profileId">Null or empty: nobody, who gave nothing.</param>
    /// <param name="titleIds">Of these.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyDictionary<string, int>> OwnRatingsAsync(string? profileId, IReadOnlyList<string> titleIds, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(profileId) || titleIds.Count == 0) return new Dictionary<string, int>();
        var page = await _reviews.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.In("title", [.. titleIds])], Limit = 1000 }, cancellationToken);
        return page.Items.Select(item => item.Value).Where(review => review.Rating is not null)
            .ToDictionary(review => review.TitleId, review => review.Rating!.Value, StringComparer.Ordinal);
    }

    /// <summary>To be called before all of a profile's reviews, or an account's, are taken out.</summary>
    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task ForgetRatedAsync(string field, string id, CancellationToken cancellationToken) =>
        field == "profile" ? _rated.DeleteAsync(id, cancellationToken) : _rated.DeleteAllAsync(id, cancellationToken);

    /// <summary>What others read of a title.</summary>
    /// <param name="titleId">The title.</param>
    /// <param name="isByHelpful">The most helpful first, else the newest.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Review>> ListedAsync(string titleId, bool isByHelpful, int limit, string? after, CancellationToken cancellationToken) =>
        _reviews.QueryAsync(
        new()
        {
            Filters = [DocumentFilter.Equal("listed", titleId)], Limit = limit, After = after,
            Sort = isByHelpful ? [new("helpful", Descending: true), new("created", Descending: true)] : [new("created", Descending: true)],
        },
        cancellationToken);

    /// <summary>A profile's, the newest first; some of them taken back.</summary>
    public Task<DocumentPage<Review>> OfProfileAsync(string profileId, int limit, string? after, CancellationToken cancellationToken) => _reviews.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("profile", profileId)], Sort = [new("created", Descending: true)], Limit = limit, After = after }, cancellationToken);

    /// <summary>What waits longest first.</summary>
    /// <param name="queue">Where.</param>
    /// <param name="accountId">Of this account only; null for all.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Review>> QueuedAsync(string queue, string? accountId, int limit, string? after, CancellationToken cancellationToken)
    {
        var its = DocumentFilter.Equal("queue", queue);
        return _reviews.QueryAsync(
            new() { Filters = accountId is null ? [its] : [DocumentFilter.Equal("account", accountId), its], Sort = [new("since")], Limit = limit, After = after }, cancellationToken);
    }

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IAsyncEnumerable<Stored<Review>> OfAsync(string field, string id, CancellationToken cancellationToken) =>
        _reviews.QueryAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)], Limit = 500 }, cancellationToken);

    public IAsyncEnumerable<Stored<Review>> EveryAsync(CancellationToken cancellationToken) => _reviews.QueryAllAsync(new() { Limit = 1000 }, cancellationToken);

    /// <summary>What a process that ended in the midst left uncounted, or on its way out.</summary>
    public IAsyncEnumerable<Stored<Review>> UnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _reviews.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("uncounted", before)], Sort = [new("uncounted")], Limit = 500 }, cancellationToken);

    /// <summary>Takes out what is marked so, once it is counted no more.</summary>
    public async Task FinishAsync(Review review, CancellationToken cancellationToken)
    {
        await _rated.FollowAsync(review.ProfileId, review.TitleId, cancellationToken);
        await ratings.CountAsync(review.TitleId, review.Id, cancellationToken);
        if (await _reviews.GetAsync(review.Id, cancellationToken) is { Value: { State: ReviewState.Deleted, IsCounted: true } } gone)
            await _reviews.DeleteAsync(gone.Id, gone.Version, cancellationToken);
    }
}
