using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Accounts.Passkeys;

internal static class PasskeyProblems
{
    private const int MostCharacters = 60;

    public static readonly Problem Invalid = new(
        "passkey_invalid", 401, "The passkey is not known here, or the answer is too old or not right. Ask for a new challenge and try again.");

    public static readonly Problem NotFound = new("passkey_not_found", 404, "There is no such passkey.");

    public static readonly Problem Known = new("passkey_known", 409, "This passkey is registered already.");

    public static readonly Problem TooMany = new("passkeys_too_many", 409, $"An account has at most {PasskeyStore.Most} passkeys. Remove one that is not used any more.");

    public static readonly Problem NameInvalid = new("passkey_name_invalid", 400, "Give the passkey a name of 1 to 60 characters.");

    /// <summary>The name as it is kept; null when it is none.</summary>
    public static string? NameOf(string? text) =>
        text?.Trim() is { Length: >= 1 and <= MostCharacters } name && !name.Any(char.IsControl) ? name : null;
}
