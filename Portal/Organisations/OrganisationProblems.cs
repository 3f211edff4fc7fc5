using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Organisations;

internal static class OrganisationProblems
{
    private const int MostCharacters = 100;

    public static readonly Problem NotFound = new("organisation_not_found", 404, "There is no such organisation.");

    public static readonly Problem InUse = new("organisation_in_use", 409, "The organisation has people, titles or assets.");

    public static readonly Problem NameInvalid = new("organisation_name_invalid", 400, "Give the organisation a name of 1 to 100 characters.");

    /// <summary>The name as it is kept; null when it is none.</summary>
    public static string? NameOf(string? text) =>
        text?.Trim() is { Length: >= 1 and <= MostCharacters } name && !name.Any(char.IsControl) ? name : null;
}
