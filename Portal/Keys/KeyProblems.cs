using FlickStream.Platform.Problems;
using FlickStream.Portal.Keys.Studio;

namespace FlickStream.Portal.Keys;

internal static class KeyProblems
{
    private const int MostCharacters = 100;

    public static readonly Problem NotFound = new("key_not_found", 404, "There is no such key.");

    public static readonly Problem NameInvalid = new("key_name_invalid", 400, "Give the key a name of 1 to 100 characters.");

    public static readonly Problem ScopesInvalid = new(
        "key_scopes_invalid", 400, "Name at least one scope: ingest, jobs, playback, catalog or admin.");

    public static readonly Problem StudioScopesInvalid = new("key_scopes_invalid", 400, "Name at least one scope: ingest, playback or catalog.");

    public static readonly Problem TooMany = new(
        "key_limit_reached", 409, $"An organisation has at most {CreateStudioKey.Most} good keys. Revoke one that is not used any more.");

    /// <summary>The name as it is kept; null when it is none.</summary>
    public static string? NameOf(string? text) =>
        text?.Trim() is { Length: >= 1 and <= MostCharacters } name && !name.Any(char.IsControl) ? name : null;
}
