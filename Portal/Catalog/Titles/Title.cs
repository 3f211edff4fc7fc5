using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Catalog.Titles;

/// <summary>A movie, series, season, episode or extra. What editors may set is <see cref="Content"/>, all else is ours.</summary>
[ImmutableObject(true)]
internal sealed record Title
{
    public static readonly DocumentSchema<Title> Schema = new DocumentSchema<Title>("titles")
        .Field("owner", t => t.IsDeleted ? null : t.OwnerId)
        .Field("kind", t => t.Content.Kind)
        .Field("external", t => t.IsDeleted ? null : t.Content.ExternalId)
        .Field("parent", t => t.IsDeleted ? null : t.Content.ParentId)
        .Field("number", t => t.Content.Number)
        .Field("asset", t => t.IsDeleted ? null : t.Content.AssetId)
        .Field("publication", t => t.Publication.ToString())
        .Field("release", t => t.ReleaseAt)
        .Field("place", t => t.IsDeleted ? null : t.Place)
        .Field("created", t => t.IsDeleted ? null : t.CreatedAt)
        .Field("changed", t => t.ChangedAt)
        .Field("deleted", t => t.DeletedAt)
        .Field("spare", t => t.IsDeleted || t.SpareArtwork.Count == 0 ? null : t.SpareArtwork.Min(spare => spare.Since))
        .Index(unique: true, "owner", "external")
        .Index(unique: true, "place")
        .Index("owner", "created")
        .Index("owner", "kind")
        .Index("parent", "number")
        .Index("asset")
        .Index("created")
        .Index("changed")
        .Index("deleted")
        .Index("spare");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The organisation.</summary>
    public required string OwnerId { get; init; }

    /// <summary>As <see cref="TitleRules"/> lets it through.</summary>
    public required TitleContent Content { get; init; }

    public Publication Publication { get; init; }

    /// <summary>When viewers first see it, or saw it; null until it was published.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    public IReadOnlyList<ArtworkImage> Artwork { get; init; } = [];

    /// <summary>Artwork whose blobs may be there and are to go: replaced, or never finished.</summary>
    public IReadOnlyList<SpareArtwork> SpareArtwork { get; init; } = [];

    /// <summary>From what is watched; 0 until it is. It tells which of two titles is more popular, no more.</summary>
    public double Popularity { get; init; }

    /// <summary>How its popularity was reckoned; null until it was.</summary>
    public PlayCount? Counted { get; init; }

    /// <summary>1 at first, one more at every edit, but not when its popularity changes: what ETags are made of.</summary>
    public required long Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last write of any kind.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it became a tombstone, by which other processes learn of it; null while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>It is looked for what belongs to it, after which it is deleted or not: what comes meanwhile leaves.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLeaving { get; init; }

    [JsonIgnore]
    public bool IsDeleted => DeletedAt is not null;

    /// <summary>One season of a number in a series, one episode in a season.</summary>
    [JsonIgnore]
    private string? Place => Content is { ParentId: { } parent, Number: { } number, Kind: not Kinds.Extra }
        ? string.Create(CultureInfo.InvariantCulture, $"{parent}/{number}") : null;

    /// <summary>Never stored: a release that waits for its hour is nobody's to carry out, so none is late.</summary>
    public TitleState StateAt(DateTimeOffset now) => Publication switch
    {
        Publication.Released => ReleaseAt > now ? TitleState.Scheduled : TitleState.Published,
        Publication.Withdrawn => TitleState.Withdrawn,
        _ => TitleState.Draft,
    };
}

/// <param name="Until">Plays that were over then are in it.</param>
/// <param name="HalfLife">By which they count less.</param>
internal sealed record PlayCount(DateTimeOffset Until, TimeSpan HalfLife);

internal enum Publication
{
    Draft,

    /// <summary>Published from <see cref="Title.ReleaseAt"/> on.</summary>
    Released,

    Withdrawn,
}

internal enum TitleState
{
    Draft,
    Scheduled,
    Published,
    Withdrawn,
}
