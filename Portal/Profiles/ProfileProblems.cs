using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Profiles;

internal static class ProfileProblems
{
    public static readonly Problem NotFound = new("profile_not_found", 404, "There is no such profile.");

    public static readonly Problem Changed = new("profile_changed", 412, "Somebody has changed it since you saw it. Read it again.");

    public static readonly Problem NameInvalid = new("profile_name_invalid", 400, "Give a name of 1 to 40 characters.");

    public static readonly Problem AvatarUnknown = new("avatar_unknown", 400, $"Choose an avatar: {string.Join(", ", ProfileRules.Avatars)}.");

    public static readonly Problem LanguageInvalid = new("profile_language_invalid", 400, "Give at most 8 languages as BCP 47 tags, each once.");

    public static readonly Problem GenreUnknown = TitleProblems.GenreUnknown;

    public static readonly Problem AgeInvalid = new("profile_age_invalid", 400, "Give a limit of 0 to 18, for kids of at most 12.");

    public static readonly Problem TooMany = new("profile_limit_reached", 409, "The account has as many profiles as it may.");

    public static readonly Problem Last = new("profile_last", 409, "An account keeps one profile.");

    public static readonly Problem PinInvalid = new("pin_invalid", 400, "Give a PIN of 4 to 6 digits.");

    public static readonly Problem PinNeeded = new("pin_needed", 403, "Send the profile's PIN.");

    public static readonly Problem PinWrong = new("pin_wrong", 403, "This is not the profile's PIN.");
}
