using System.Collections.Frozen;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Http;

internal static class HttpProblems
{
    public static readonly Problem BadRequest = new("bad_request", 400, "The request cannot be understood; see the detail.");

    public static readonly Problem BadCursor = new("bad_cursor", 400, "Use as cursor the next of an earlier page of the same list.");

    public static readonly Problem CrossSite = new("cross_site", 403, "A page of another site may not do this.");

    public static readonly Problem NotFound = new("not_found", 404, "There is nothing at this address.");

    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "This address does not know this method.");

    public static readonly Problem TooLarge = new("too_large", 413, "The request is larger than is taken here.");

    public static readonly Problem UnsupportedMediaType = new("unsupported_media_type", 415, "Send the body as the content type that is taken here.");

    public static readonly Problem StorageFull = new("storage_full", 507, "There is no room for the data; free some and try again.");

    public static readonly Problem StorageUnavailable = new(
        "storage_unavailable", 503, "The storage does not answer at the moment. Try again in a few seconds.");

    public static readonly Problem DocumentsUnavailable = new(
        "documents_unavailable", 503, "The database does not answer at the moment. Try again in a few seconds.");

    public static readonly Problem LimitsUnavailable = new(
        "limits_unavailable", 503, "The limits that hold for this cannot be checked at the moment. Try again in a few seconds.");

    public static readonly Problem Internal = new(
        "internal_error", 500, "Something went wrong on our side. The administrator finds the cause in the log by the id.");

    /// <summary>What an answer without a body means, by its status.</summary>
    public static readonly FrozenDictionary<int, Problem> ByStatus =
        new[] { BadRequest, NotFound, MethodNotAllowed, TooLarge, UnsupportedMediaType }.ToFrozenDictionary(problem => problem.Status);
}
