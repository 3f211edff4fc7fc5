using FlickStream.Platform.Problems;

namespace FlickStream.Origin.Segments;

/// <summary>Refusals under <c>/play</c>, beside those that a grant has everywhere.</summary>
internal static class PlayProblems
{
    public static readonly Problem TokenInvalid =
        new("token_invalid", 403, "This playback address was changed, or comes from elsewhere. Ask for a new one.");

    public static readonly Problem NotFound = new("not_found", 404, "There is nothing at this address. It may have been deleted.");

    public static readonly Problem Replaced =
        new("presentation_replaced", 410, "This title was encoded anew. Ask for a new playback address.");

    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "Only GET, HEAD and OPTIONS are answered here.");

    public static readonly Problem RangeNotSatisfiable =
        new("range_not_satisfiable", 416, "The range lies behind the end. Content-Range says how long the file is.");

    public static readonly Problem LimitsUnavailable =
        new("limits_unavailable", 503, "How many streams are playing cannot be checked at the moment. Try again in a few seconds.");
}
