using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Access;

internal static class AccessProblems
{
    public static readonly Problem Unauthenticated = new(
        "unauthenticated", 401, "Sign in, or send a good API key as \"Authorization: Bearer fs_…\".");

    public static readonly Problem HeaderMissing = new(
        "header_missing", 403, "With a session, what changes anything needs the header X-FlickStream, with any value.");

    public static readonly Problem Forbidden = new(
        "forbidden", 403, "This account or key may not do that; use one that may.");
}
