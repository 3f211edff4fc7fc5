using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Keys;

internal static class KeyProblems
{
    public static readonly Problem NotFound = new("key_not_found", 404, "There is no such key.");

    public static readonly Problem NameInvalid = new("key_name_invalid", 400, "Give the key a name of 1 to 100 characters.");

    public static readonly Problem ScopesInvalid = new(
        "key_scopes_invalid", 400, "Name at least one scope: ingest, jobs, playback, catalog or admin.");
}
