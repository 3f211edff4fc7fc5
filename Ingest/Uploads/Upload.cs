using System.Text.Json.Serialization;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// One tus upload. Bytes count once this document names them, so a stop at any point resumes from <see cref="Offset"/>. The
/// asset that an upload becomes, and its master's blob, have the upload's id: finishing it twice can then make neither twice.
/// </summary>
internal sealed record Upload
{
    public static readonly DocumentSchema<Upload> Schema = new DocumentSchema<Upload>("uploads")
        .Field("owner", u => u.Owner)
        .Field("unfinished", u => u.IsUnfinished)
        .Field("unsettled", u => u.IsUnsettled)
        .Field("held", u => u.HeldBytes > 0)
        .Field("expires", u => u.ExpiresAt)
        .Index("owner", "unfinished")
        .Index("unsettled")
        .Index("held")
        .Index("expires");

    public const string MasterFolder = "masters/";

    public required string Id { get; init; }

    /// <summary>The API key that made it; to every other key but an administrator's it does not exist.</summary>
    public required string Owner { get; init; }

    public required UploadState State { get; init; }

    public required UploadRole Role { get; init; }

    /// <summary>The stored bytes, of a finished part as a blob under their key; null once they became a master, were copied into a final
    /// upload, or were freed.</summary>
    public PartialBlob? Partial { get; init; }

    /// <summary>Declared size in bytes; null while the client has deferred it.</summary>
    public long? Length { get; init; }

    public required UploadMetadata Metadata { get; init; }

    /// <summary>The ids that a final upload concatenates, in order.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>The final upload that a part was claimed for: its bytes go into that one and no other.</summary>
    public string? FinalId { get; init; }

    /// <summary>Lower-case hex over all bytes, once they are whole.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Why it was refused; null in every other state.</summary>
    public ProblemReport? Problem { get; init; }

    /// <summary>W3C <c>traceparent</c> of the request that created it.</summary>
    public string? Trace { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static string MasterKeyOf(string id) => MasterFolder + id;

    /// <summary>The upload that a master's blob came by.</summary>
    public static string IdOfMaster(string key) => key[MasterFolder.Length..];

    /// <summary>The asset that it becomes, or whose master it shall be.</summary>
    [JsonIgnore]
    public string AssetId => Metadata.Replaces ?? Id;

    [JsonIgnore]
    public long Offset => Partial?.Length ?? Length ?? 0;

    [JsonIgnore]
    public bool IsUnfinished => State is UploadState.Receiving or UploadState.Assembling or UploadState.Completing;

    /// <summary>Ingest itself has something left to do, without the client.</summary>
    [JsonIgnore]
    public bool IsUnsettled => State is UploadState.Assembling or UploadState.Completing
        || (State is UploadState.Refused && Partial is not null);

    /// <summary>What it takes of the quota: what was declared, or what came while that is not known. A final upload takes
    /// nothing, because its parts do until it is a master.</summary>
    [JsonIgnore]
    public long HeldBytes => Partial is null || Role is UploadRole.Final ? 0 : Length ?? Partial.Length;
}

internal enum UploadState
{
    /// <summary>Waits for bytes.</summary>
    Receiving,

    /// <summary>A final upload into which the bytes of its parts are being copied.</summary>
    Assembling,

    /// <summary>All bytes are durable; the master and its asset, or the part, are being made.</summary>
    Completing,

    /// <summary>Became an asset; or, as a part, waits for its final upload.</summary>
    Completed,

    /// <summary>All bytes came but were not what the client had declared, or the asset that they were for is gone.</summary>
    Refused,
}

internal enum UploadRole
{
    Whole,

    /// <summary>tus <c>Upload-Concat: partial</c>.</summary>
    Part,

    /// <summary>tus <c>Upload-Concat: final</c>.</summary>
    Final,
}
