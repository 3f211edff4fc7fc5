using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Users;

internal static class UserProblems
{
    public static readonly Problem NotFound = new("user_not_found", 404, "There is no such user.");

    public static readonly Problem RoleInvalid = new("role_invalid", 400, "Name one of the roles: viewer, studio or admin.");

    public static readonly Problem OrganisationNeeded = new("organisation_needed", 400, "Name the organisation that a studio's person belongs to.");
}
