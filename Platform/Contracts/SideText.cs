using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Contracts;

/// <summary>
/// Text that was uploaded beside a master, for whatever is encoded of it. Written by Ingest; Transcoder's one write is that it has
/// put it into the encodings, or why not, or has taken it out. Id: <see cref="IdOf"/>.
/// </summary>
public sealed record SideText
{
    public static readonly DocumentSchema<SideText> Schema = new DocumentSchema<SideText>("side_texts")
        .Field("asset", t => t.AssetId)
        .Field("created", t => t.CreatedAt)
        .Field("pending", t => t.IsPending ? true : null)
        .Field("gone", t => t.IsDeleted && !t.IsPending ? true : null)
        .Index("asset", "created")
        .Index("pending", "created")
        .Index("gone");

    public required string AssetId { get; init; }

    /// <summary>Unique in its asset: eight hexadecimal digits.</summary>
    public required string TextId { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    public required TextRole Role { get; init; }

    /// <summary>Shown to viewers.</summary>
    public required string Label { get; init; }

    /// <summary>Of the stored file, which is UTF-8 whatever was uploaded.</summary>
    public required TextFormat Format { get; init; }

    /// <summary>How the uploaded file was read: <c>utf-8</c>, <c>utf-16</c> or, as a guess, <c>windows-1252</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>Cues in the file.</summary>
    public required int Cues { get; init; }

    /// <summary>Seconds to add to all its times; null: Transcoder finds them.</summary>
    public double? Offset { get; init; }

    /// <summary>Seconds that were added, once it is offered.</summary>
    public double? Added { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Transcoder has to look at it: it is new, or deleted, or its title is encoded anew.</summary>
    public required bool IsPending { get; init; }

    /// <summary>No caller sees it any more.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Why the title goes without it; null otherwise.</summary>
    public ProblemReport? Problem { get; init; }

    /// <summary>Name of its rendition.</summary>
    public string Rendition => $"x{TextId}";

    /// <summary>Whether a rendition is of text beside the master; those of its own tracks are called otherwise.</summary>
    public static bool IsRendition(string name) => name.StartsWith('x');

    public string BlobKey => $"{Folder(AssetId)}{TextId}";

    /// <summary>Where masters are, so that who may read and write those may these.</summary>
    public static string Folder(string assetId) => $"masters/texts/{assetId}/";

    public static string IdOf(string assetId, string textId) => $"{assetId}:{textId}";
}
