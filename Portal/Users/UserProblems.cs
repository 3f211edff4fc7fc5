using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Users;

internal static class UserProblems
{
    public static readonly Problem NotFound = new("user_not_found", 404, "There is no such user.");

    public static readonly Problem RoleInvalid = new("role_invalid", 400, "Name one of the roles: viewer, studio or admin.");

    public static readonly Problem ReasonInvalid = new("suspension_reason_invalid", 400, "Give a reason of 1 to 500 characters; the person reads it.");

    public static readonly Problem PrefixInvalid = new("email_prefix_invalid", 400, "Give the first 1 to 254 characters of an address.");

    public static readonly Problem OwnAccount = new("own_account", 409, "Nobody suspends their own account.");

    public static readonly Problem OrganisationNeeded = new("organisation_needed", 400, "Name the organisation that a studio's person belongs to.");
}
