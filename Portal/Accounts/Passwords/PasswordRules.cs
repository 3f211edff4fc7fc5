using System.Collections.Frozen;
using System.Reflection;
using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Accounts.Passwords;

/// <summary>Length and not being common are all that is asked (ASVS 5.0, 6.2.1, 6.2.4, 6.2.5): rules of composition make passwords worse.</summary>
internal static class PasswordRules
{
    private const int LeastCharacters = 8;
    public const int MostCharacters = 256;

    private static readonly FrozenSet<string> Common = Load();

    /// <summary>What keeps this from being a new password; null when nothing does.</summary>
    public static Problem? Refuse(string? password)
    {
        // What a person takes for a character may be two UTF-16 units.
        var length = (password ?? "").EnumerateRunes().Count();
        return length < LeastCharacters ? AccountProblems.PasswordTooShort
            : length > MostCharacters ? AccountProblems.PasswordTooLong
            : Common.Contains(password!.ToLowerInvariant()) ? AccountProblems.PasswordCommon
            : null;
    }

    private static FrozenSet<string> Load()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToFrozenSet(StringComparer.Ordinal);
    }
}
