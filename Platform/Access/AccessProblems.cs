using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Access;

internal static class AccessProblems
{
    public static readonly Problem Unauthenticated = new(
        "unauthenticated", 401, "Send a good API key as \"Authorization: Bearer fs_…\".");

    public static readonly Problem Forbidden = new(
        "forbidden", 403, "This key may not do that; use one that has the scope for it.");
}
