using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;

namespace FlickStream.Origin.Grants;

/// <summary>Refusals of <c>/api/playback</c>.</summary>
internal static class GrantProblems
{
    public static readonly Problem AssetNotFound =
        new("asset_not_found", 404, "There is no such asset. Check the asset's id; it may have been deleted.");

    public static readonly Problem AssetNotPlayable =
        new("asset_not_playable", 409, "The asset cannot be played yet. Wait until its state says that it is playable, then ask again.");

    public static readonly Problem AssetFailed =
        new("asset_failed", 409, "The asset cannot be played, because it could not be encoded. Its state says why.");

    public static readonly Problem NoRenditionAllowed =
        new("no_rendition_allowed", 409, "Every rendition is larger than maxHeight. Ask with a larger maxHeight.");

    public static readonly Problem MaxHeightInvalid = new("max_height_invalid", 400, "maxHeight must be 1 to 16384 pixels.");

    public static readonly Problem StreamLimitInvalid = new("stream_limit_invalid", 400, "streamLimit must be 1 to 255 streams.");

    public static readonly Problem ViewerInvalid =
        new("viewer_invalid", 400, "viewer must be 1 to 200 printable characters, and must be given with streamLimit.");

    public static readonly Problem TtlInvalid =
        new("ttl_invalid", 400, "ttlSeconds must be at least 1 and no more than the origin allows.");

    public static readonly Problem GrantNotFound =
        new(PlaybackCodes.GrantNotFound, 404, "There is no such grant. It may have expired or been ended; ask for a new one.");

    public static readonly Problem StreamLimit =
        new(PlaybackCodes.StreamLimit, 403, "Too many streams are playing on this account. Stop one of them and try again.");

    public static readonly Problem StreamLost =
        new("stream_lost", 403, "Another stream took this one's place after it was silent. Stop one of the others and start again.");

    public static readonly Problem GrantRevoked = new(PlaybackCodes.GrantRevoked, 403, "This permission to play was ended. Ask for a new one.");

    public static readonly Problem TokenExpired =
        new(PlaybackCodes.TokenExpired, 403, "This playback address has expired. Ask for a new one to go on.");
}
