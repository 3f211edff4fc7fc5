namespace FlickStream.Portal.Catalog.Titles;

/// <summary>From draft to scheduled, published and withdrawn, and back. Pure: each gives the title after the move, or says why not.</summary>
internal static class TitleMoves
{
    private static readonly DateTimeOffset Earliest = new(1870, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="title">As it is.</param>
    /// <param name="at">When viewers first see it; null: now, or for one that was withdrawn when it was first published.</param>
    /// <param name="now">The time.</param>
    /// <param name="refusal">Why not.</param>
    public static Title? Publish(Title title, DateTimeOffset? at, DateTimeOffset now, out Refusal? refusal)
    {
        refusal = at < Earliest || at > Latest ? new(TitleProblems.ReleaseInvalid)
            : title.StateAt(now) is TitleState.Published ? new(TitleProblems.PublishedAlready) : Gaps(title.Content);
        var release = at?.ToUniversalTime() ?? (title.Publication is Publication.Withdrawn && title.ReleaseAt <= now ? title.ReleaseAt : now);
        return refusal is null ? title with { Publication = Publication.Released, ReleaseAt = release } : null;
    }

    public static Title? Withdraw(Title title, DateTimeOffset now, out Refusal? refusal)
    {
        refusal = title.StateAt(now) is TitleState.Published ? null : new(TitleProblems.NotPublished);
        return refusal is null ? title with { Publication = Publication.Withdrawn } : null;
    }

    /// <summary>Takes back what is scheduled or was withdrawn.</summary>
    public static Title? Redraft(Title title, DateTimeOffset now, out Refusal? refusal)
    {
        refusal = title.StateAt(now) switch
        {
            TitleState.Published => new(TitleProblems.StillPublished),
            TitleState.Draft => new(TitleProblems.DraftAlready),
            _ => null,
        };
        return refusal is null ? title with { Publication = Publication.Draft, ReleaseAt = null } : null;
    }

    /// <summary>Another content; what is released must stay whole.</summary>
    public static Title? Edit(Title title, TitleContent content, out Refusal? refusal)
    {
        refusal = content.Kind != title.Content.Kind ? new(TitleProblems.KindFixed)
            : title.Publication is Publication.Released ? Gaps(content) : null;
        return refusal is null ? title with { Content = content with { ExternalId = content.ExternalId ?? title.Content.ExternalId } } : null;
    }

    private static Refusal? Gaps(TitleContent content) =>
        Kinds.IsPlayed(content.Kind!) && content.AssetId is null ? new(TitleProblems.Incomplete, "It has no asset.")
        : content.ParentId is null && content.Rating is null ? new(TitleProblems.Incomplete, "It has no rating.")
        : null;
}
