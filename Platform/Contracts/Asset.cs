using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Contracts;

/// <summary>A master that was taken in, from its last byte to its deletion. Written by Ingest, read by all;
/// Transcoder writes <see cref="AssetState.Accepted"/> to <see cref="AssetState.Planned"/>, why it could not be, <see cref="Encoding"/> and
/// <see cref="IsLeadWanted"/>; Origin <see cref="WithdrawnAt"/>.</summary>
public sealed record Asset
{
    public static readonly DocumentSchema<Asset> Schema = new DocumentSchema<Asset>("assets")
        .Field("state", a => a.State.ToString())
        .Field("created", a => a.CreatedAt)
        .Field("replacing", a => a.Replacement?.State is ReplacementState.Inspecting ? true : null)
        .Field("measuring", a => a is { IsLeadWanted: true, State: not AssetState.Deleted } ? true : null)
        .Field("owner", a => a.Owner)
        .Field("spare", a => a.SpareMasters.Count > 0 ? true : null)
        .Field("refused", a => a.State is AssetState.Refused ? a.RefusedAt : null)
        .Index("created")
        .Index("state", "created")
        .Index("owner", "created")
        .Index("replacing")
        .Index("measuring")
        .Index("spare")
        .Index("refused");

    public required string Id { get; init; }

    /// <summary>Who brought it: the organisation, else the key or account; null of one that was taken in before this was kept,
    /// which only administrators see.</summary>
    public string? Owner { get; init; }

    public required AssetState State { get; init; }

    public required string Title { get; init; }

    /// <summary>As the client named it; never used as a path.</summary>
    public required string FileName { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>Lower-case hex of the whole master; null until it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The master's blob key.</summary>
    public required string MasterKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>W3C <c>traceparent</c> of the request that created its upload; null when nothing told it.</summary>
    public string? Trace { get; init; }

    /// <summary>When it became a tombstone; null in every other state.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When the last of its media was deleted, for which it must be a tombstone; null before.</summary>
    public DateTimeOffset? MediaRemovedAt { get; init; }

    /// <summary>When Origin had seen to it that caches on the way to players forget its media; null before. The document stays until
    /// then.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Why it was refused or, where it is <see cref="AssetState.Planned"/>, why there is no plan for it; null otherwise.</summary>
    public ProblemReport? Problem { get; init; }

    /// <summary>When it was refused; null where it was not, or before this was kept.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>What inspection found; null until it has.</summary>
    public MediaReport? Media { get; init; }

    /// <summary>A plan waits until <see cref="MediaReport.LacksLead"/> is so no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLeadWanted { get; init; }

    /// <summary>How it shall be encoded otherwise than others; null: not at all.</summary>
    public EncodingWishes? Encoding { get; init; }

    /// <summary>A master that was uploaded to take this one's place and has not: it is looked at, or was refused. Null otherwise.</summary>
    public Replacement? Replacement { get; init; }

    /// <summary>Blob keys of masters that are the asset's no more and wait to be removed.</summary>
    public IReadOnlyList<string> SpareMasters { get; init; } = [];

    /// <summary>What the master is known by: equal sources give equal renditions.</summary>
    [JsonIgnore]
    public string Source => Sha256 ?? MasterKey;
}

/// <param name="UploadId">The upload that brought it.</param>
/// <param name="State">What became of it.</param>
/// <param name="FileName">As the client named it.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="Sha256">Lower-case hex of the whole master.</param>
/// <param name="MasterKey">Its blob key.</param>
/// <param name="CreatedAt">When it was whole.</param>
/// <param name="Problem">Why it was refused; null otherwise.</param>
public sealed record Replacement(
    string UploadId,
    ReplacementState State,
    string FileName,
    long SizeBytes,
    string? Sha256,
    string MasterKey,
    DateTimeOffset CreatedAt,
    ProblemReport? Problem)
{
    /// <summary>Takes the place of the asset's; null: that stays.</summary>
    public EncodingWishes? Encoding { get; init; }
}

public enum ReplacementState
{
    /// <summary>Whole and stored; ffprobe has not answered yet.</summary>
    Inspecting,

    /// <summary>Cannot be encoded: the asset stays as it was.</summary>
    Refused,
}

public enum AssetState
{
    /// <summary>Whole and stored; ffprobe has not answered yet.</summary>
    Inspecting,

    /// <summary>Cannot become a title; <see cref="Asset.Problem"/> says why.</summary>
    Refused,

    /// <summary>Good to encode: Transcoder will make a job of it. Again when it has a new master.</summary>
    Accepted,

    /// <summary>Transcoder has made its job, or found that it can make none (and is the one to set this state), so that finding the assets that
    /// still wait for one costs nothing however large the library is.</summary>
    Planned,

    /// <summary>A tombstone: each service removes what it has of it, Ingest removes the document last.</summary>
    Deleted,
}
