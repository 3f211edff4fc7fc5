using System.Security.Cryptography;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Catalog.Titles;

/// <param name="Title">As it now stands; null when it was refused.</param>
/// <param name="Refusal">Why it was.</param>
internal sealed record TitleResult(Title? Title, Refusal? Refusal)
{
    public static implicit operator TitleResult(Refusal refusal) => new(null, refusal);
}

/// <summary>The one place that writes titles: it tells the index of this process at once and those of others by the bus.</summary>
internal sealed class TitleStore(IDocuments documents, CatalogIndex index, IBus bus, TimeProvider time)
{
    // Of pages without the name that is looked for, in one request.
    private const int MostPages = 25;

    private readonly IDocumentSet<Title> _titles = documents.Set(Title.Schema);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Null when there is none, or none any more.</summary>
    public async Task<Title?> GetAsync(string id, CancellationToken cancellationToken) =>
        await _titles.GetAsync(id, cancellationToken) is { Value: { IsDeleted: false } title } ? title : null;

    /// <summary>As <see cref="GetAsync"/>, and the index of this process learns of it where it is behind.</summary>
    public async Task<Title?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await _titles.GetAsync(id, cancellationToken) is not { } stored) return null;
        index.Note(stored);
        return stored.Value.IsDeleted ? null : stored.Value;
    }

    public async Task<TitleResult> AddAsync(Title title, CancellationToken cancellationToken)
    {
        if (await _titles.InsertAsync(title.Id, title, cancellationToken) is not { } added)
            return await CollisionOfAsync(title, cancellationToken) ?? throw new InvalidOperationException($"There is a title {title.Id} already.");
        // Whoever deletes the parent marks it before looking for children, so that either sees the other.
        if (title.Content.ParentId is { } parent && await GetAsync(parent, CancellationToken.None) is not { IsLeaving: false })
        {
            await ChangeAsync(title.Id, child => new(child with { DeletedAt = time.GetUtcNow() }, null), CancellationToken.None);
            return new Refusal(TitleProblems.ParentInvalid);
        }

        await TellAsync(added);
        return new TitleResult(title, null);
    }

    /// <summary>An edit: of the revision that was seen, and counted.</summary>
    /// <param name="id">The title.</param>
    /// <param name="revision">That the editor saw; null where that does not matter.</param>
    /// <param name="change">Pure, may run several times.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<TitleResult> EditAsync(string id, long? revision, Func<Title, TitleResult> change, CancellationToken cancellationToken) => ChangeAsync(
        id,
        title =>
        {
            if (revision is not null && title.Revision != revision) return new Refusal(TitleProblems.Changed);
            var wanted = change(title);
            return wanted.Title is { } edited && edited != title ? new TitleResult(edited with { Revision = title.Revision + 1 }, null) : wanted;
        },
        cancellationToken);

    /// <summary>Any write, seen by no editor.</summary>
    public async Task<TitleResult> ChangeAsync(string id, Func<Title, TitleResult> change, CancellationToken cancellationToken)
    {
        while (await _titles.GetAsync(id, cancellationToken) is { Value.IsDeleted: false } current)
        {
            var wanted = change(current.Value);
            if (wanted.Title is not { } next || next == current.Value) return wanted;
            next = next with { ChangedAt = time.GetUtcNow() };
            if (await _titles.ReplaceAsync(id, current.Version, next, cancellationToken) is { } written)
            {
                await TellAsync(written);
                return new TitleResult(written.Value, null);
            }

            if (await CollisionOfAsync(next, cancellationToken) is { } taken) return taken;
        }

        return new Refusal(TitleProblems.NotFound);
    }

    /// <summary>Unless something belongs to it. Broken off, nothing can be added to it until it is asked for again.</summary>
    /// <returns>Why it is not deleted; null where it is.</returns>
    public async Task<Refusal?> DeleteAsync(string id, long? revision)
    {
        var marked = await ChangeAsync(
            id, title => (revision ?? title.Revision) == title.Revision ? new TitleResult(title with { IsLeaving = true }, null) : new Refusal(TitleProblems.Changed),
            CancellationToken.None);
        if (marked.Refusal is { } early) return early;
        var refusal = await HasChildrenAsync(id, CancellationToken.None) ? new Refusal(TitleProblems.HasChildren)
            : (await EditAsync(id, revision, Gone, CancellationToken.None)).Refusal;
        if (refusal is not null) await ChangeAsync(id, title => new(title with { IsLeaving = false }, null), CancellationToken.None);
        return refusal;

        // Who deletes it too may have found a child, and taken the mark away.
        TitleResult Gone(Title title) => title.IsLeaving ? new TitleResult(title with { DeletedAt = time.GetUtcNow() }, null) : new Refusal(TitleProblems.HasChildren);
    }

    private async Task<bool> HasChildrenAsync(string id, CancellationToken cancellationToken) =>
        await _titles.CountAsync([DocumentFilter.Equal("parent", id)], cancellationToken) > 0;

    /// <summary>Newest first.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A page that may be shorter than asked for and have a next still, where names are looked for.</returns>
    public async Task<(IReadOnlyList<Title> Items, string? Next)> ListAsync(TitleFilter wanted, int limit, string? after, CancellationToken cancellationToken)
    {
        var found = new List<Title>();
        for (var pages = 1; ; pages++)
        {
            var page = await _titles.QueryAsync(
                new() { Filters = wanted.Fields(time.GetUtcNow()), Sort = [new("created", Descending: true)], Limit = limit, After = after }, cancellationToken);
            found.AddRange(page.Items.Select(item => item.Value).Where(wanted.IsNamed));
            after = page.Next;
            if (found.Count > 0 || after is null || pages == MostPages) return (found, after);
        }
    }

    public IAsyncEnumerable<Stored<Title>> AllAsync(string ownerId, string kind, CancellationToken cancellationToken) => _titles.QueryAllAsync(
        new() { Filters = [DocumentFilter.Equal("owner", ownerId), DocumentFilter.Equal("kind", kind)], Limit = 500 }, cancellationToken);

    /// <summary>All that are not deleted.</summary>
    public IAsyncEnumerable<Stored<Title>> EveryAsync(CancellationToken cancellationToken) => _titles.QueryAllAsync(
        new() { Filters = [DocumentFilter.AtLeast("created", DateTimeOffset.UnixEpoch)], Sort = [new("created")], Limit = 500 }, cancellationToken);

    public async Task<IReadOnlyDictionary<string, Title>> ByExternalIdAsync(
        string ownerId, IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        if (externalIds.Count == 0) return new Dictionary<string, Title>();
        var page = await _titles.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("owner", ownerId), DocumentFilter.In("external", [.. externalIds])], Limit = 1000 }, cancellationToken);
        return page.Items.ToDictionary(item => item.Value.Content.ExternalId!, item => item.Value, StringComparer.Ordinal);
    }

    /// <summary>Why a title cannot be where it says; null when nothing is there.</summary>
    public async Task<Refusal?> CollisionOfAsync(Title title, CancellationToken cancellationToken)
    {
        var twins = await ByExternalIdAsync(title.OwnerId, [title.Content.ExternalId!], cancellationToken);
        if (twins.Values.Any(twin => twin.Id != title.Id)) return new(TitleProblems.ExternalIdTaken, title.Content.ExternalId);
        if (title.Content is not { ParentId: { } parent, Number: { } number }) return null;
        var siblings = await _titles.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("parent", parent), DocumentFilter.Equal("number", number)] }, cancellationToken);
        return siblings.Items.Any(sibling => sibling.Id != title.Id && sibling.Value.Content.Kind == title.Content.Kind) ? new(TitleProblems.NumberTaken) : null;
    }

    private async Task TellAsync(Stored<Title> written)
    {
        index.Note(written);
        await bus.PublishAsync(CatalogIndex.Topic, written.Id, CancellationToken.None);
    }
}
