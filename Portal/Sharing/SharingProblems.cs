using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Sharing;

internal static class SharingProblems
{
    public static readonly Problem NotFound = new("shared_not_found", 404, "Nothing is shared here, or not any more.");

    public static readonly Problem UrlInvalid = new(
        "oembed_url_invalid", 400, "Give the address of a shared title as url, and maxwidth and maxheight as pixels.");

    public static readonly Problem FormatUnsupported = new("oembed_format_unsupported", 501, "Answers are JSON.");

    public static readonly Problem NotForKids = new("sharing_not_for_kids", 403, "A profile for kids shares no list.");

    public static readonly Problem NameRefused = new("list_name_refused", 400, "This name is not taken here. Choose another one.");

    public static readonly Problem Own = new("list_own", 409, "It is of your own account.");

    public static readonly Problem ReportedAlready = new("list_reported_already", 409, "This account has reported it already, and nobody has decided yet.");

    public static readonly Problem NotReported = new("list_not_reported", 409, "Nobody has reported it since it was decided about.");

    public static readonly Problem NotShared = new("list_not_shared", 404, "The list is not shared.");
}
