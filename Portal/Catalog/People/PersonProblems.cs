using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Catalog.People;

internal static class PersonProblems
{
    public static readonly Problem NotFound = new("person_not_found", 404, "There is no such person.");

    public static readonly Problem NameInvalid = new("person_name_invalid", 400, "Give a name of 1 to 200 characters and a note of at most 100.");

    public static readonly Problem Changed = new("person_changed", 412, "Somebody has changed it since you saw it. Read it again.");

    public static readonly Problem NameTaken = new("person_name_taken", 409, "There is a person of this name and note already; add a note that tells them apart.");
}
