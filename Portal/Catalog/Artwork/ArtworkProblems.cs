using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Catalog.Artwork;

internal static class ArtworkProblems
{
    public static readonly Problem RoleInvalid = new("artwork_role_invalid", 400, "Name a role: poster, backdrop, still or logo.");

    public static readonly Problem TooLarge = new("artwork_too_large", 413, "The image has more bytes or pixels than are taken.");

    public static readonly Problem Busy = new("artwork_busy", 503, "Too many images are sent at this moment. Wait as many seconds as Retry-After says, then try again.");

    public static readonly Problem TooSlow = new("artwork_too_slow", 408, "The image came too slowly. Try again.");

    public static readonly Problem FormatUnknown = new("artwork_format_unknown", 415, "Send a JPEG, a PNG or a WebP.");

    public static readonly Problem Broken = new("artwork_broken", 400, "The image cannot be decoded.");

    public static readonly Problem ShapeInvalid = new("artwork_shape_invalid", 400, "Send an image of at least 64 by 64 pixels whose longer side is at most five times the shorter.");

    public static readonly Problem TooMany = new("artwork_too_many", 409, "A title has at most 60 images.");

    public static readonly Problem NotFound = new("artwork_not_found", 404, "There is no such image.");
}
