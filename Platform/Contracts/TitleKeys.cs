using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Contracts;

/// <summary>
/// The content keys of one encoding, one a use, those of what it takes over from another one included. Made by whichever worker needs them
/// first; the others, and every retry, find these. Goes with its asset, and then the media are worth nothing wherever copies of them are. Id: <see cref="IdOf"/>.
/// </summary>
public sealed record TitleKeys
{
    public static readonly DocumentSchema<TitleKeys> Schema = new DocumentSchema<TitleKeys>("title_keys")
        .Field("asset", k => k.AssetId)
        .Index("asset");

    public required string AssetId { get; init; }

    public required string Revision { get; init; }

    public required IReadOnlyList<TitleKey> Keys { get; init; }

    /// <summary>Whether Origin hands the keys to the holder of a grant; else a DRM system's licence server does, and nobody but it.</summary>
    public required bool IsDelivered { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static string IdOf(string assetId, string revision) => $"{assetId}:{revision}";

    public TitleKey? Find(KeyUse use) => Keys.FirstOrDefault(key => key.Use == use);
}

/// <param name="Use">What it opens.</param>
/// <param name="KeyId">KID: public.</param>
/// <param name="Iv">16 bytes, constant, public; only <see cref="ContentProtection.Cbcs"/> uses it.</param>
/// <param name="Sealed">The 16 bytes of the key, as <c>ContentKeySeal</c> sealed them.</param>
/// <param name="Systems">What manifests tell players of each DRM system; empty without a key server.</param>
public sealed record TitleKey(KeyUse Use, Guid KeyId, byte[] Iv, byte[] Sealed, IReadOnlyList<DrmSignal> Systems);

/// <param name="SystemId">As registered with DASH-IF.</param>
/// <param name="Pssh">The whole box; null when the key server gave none.</param>
/// <param name="ContentProtection">Elements for the MPD's ContentProtection, as XML; null when the key server gave none.</param>
/// <param name="MediaPlaylist">EXT-X-KEY lines.</param>
/// <param name="MultivariantPlaylist">EXT-X-SESSION-KEY lines.</param>
public sealed record DrmSignal(
    Guid SystemId,
    byte[]? Pssh,
    string? ContentProtection,
    IReadOnlyList<string> MediaPlaylist,
    IReadOnlyList<string> MultivariantPlaylist);
