using System.Text.RegularExpressions;
using FlickStream.Platform.Problems;
using NodaTime;

namespace FlickStream.Portal.Accounts;

internal static partial class Locale
{
    public const string Language = "en";
    public const string TimeZone = "UTC";

    /// <summary>What is wrong with either; nothing is wrong with null.</summary>
    public static Problem? Check(string? language, string? timeZone) =>
        language is not null && !Tag().IsMatch(language) ? AccountProblems.LanguageInvalid
        : timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null ? AccountProblems.TimeZoneInvalid
        : null;

    /// <summary>UTC of an account that is gone, and of a zone that only a newer version knows.</summary>
    public static DateTimeZone ZoneOf(Account? account) => ZoneOf(account?.TimeZone ?? TimeZone);

    /// <summary>UTC for one that only a newer version of this program knows.</summary>
    public static DateTimeZone ZoneOf(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;

    // Language, script and region are all that names and mail are kept in.
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?\\z")]
    private static partial Regex Tag();
}
