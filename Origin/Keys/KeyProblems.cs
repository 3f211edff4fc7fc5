using FlickStream.Platform.Problems;

namespace FlickStream.Origin.Keys;

/// <summary>Refusals of keys.</summary>
internal static class KeyProblems
{
    public static readonly Problem NotFound = new("key_not_found", 404, "There is no such key, or it is not handed out here.");

    public static readonly Problem NotGranted =
        new("key_not_granted", 403, "This permission to play does not open what that key is for. Play a smaller rendition.");

    public static readonly Problem LicenceRequestInvalid = new(
        "licence_request_invalid", 400, "Post a ClearKey licence request: JSON with kids, each the base64url of 16 bytes, at most 32 of them.");

    public static readonly Problem Unavailable = new(
        "keys_unavailable", 503, "The keys of this title cannot be opened at the moment. The administrator finds the cause in the log.");

    public static readonly Problem NoDash = new(
        "dash_not_offered", 404, "This title is protected by AES-128, which is for HLS alone. Play it over HLS.");
}
