using System.Globalization;
using System.Text.Json;

namespace FlickStream.Portal.Notifications.Unsubscribing;

/// <summary>Which letters a link in one of them ends.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="IsDigest">All that comes once a day, beside what is named.</param>
/// <param name="Kinds">Of the account.</param>
/// <param name="ProfileIds">Of these profiles new releases.</param>
/// <param name="At">When the letter was written, to the day.</param>
internal sealed record MailEnding(string AccountId, bool IsDigest, IReadOnlyList<NotificationKind> Kinds, IReadOnlyList<string> ProfileIds, DateTimeOffset At)
{
    private const char Between = '|';
    private const int Parts = 5;

    /// <summary>Of one letter about these.</summary>
    public static MailEnding Of(string accountId, bool isDigest, IReadOnlyCollection<Notification> told, DateTimeOffset at) => new(
        accountId, isDigest, [.. told.Where(one => one.ProfileId is null).Select(one => one.Kind).Distinct()],
        [.. told.Select(one => one.ProfileId).OfType<string>().Distinct()], at);

    /// <summary>Short: it goes into one line of a letter's head, of at most 998 characters (RFC 5322, 2.1.1).</summary>
    public string ToText() => string.Join(
        Between, (At.ToUnixTimeSeconds() / 86_400).ToString(CultureInfo.InvariantCulture), AccountId, IsDigest ? "digest" : "",
        string.Join(',', Kinds.Select(NameOf)), string.Join(',', ProfileIds));

    /// <exception cref="FormatException">It is of another version.</exception>
    public static MailEnding Parse(string text)
    {
        if (text.Split(Between) is not { Length: Parts } parts) throw new FormatException("It has other parts.");
        var names = parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture) * 86_400);
        return new(
            parts[1], parts[2].Length > 0, [.. Enum.GetValues<NotificationKind>().Where(kind => names.Contains(NameOf(kind)))],
            parts[4].Split(',', StringSplitOptions.RemoveEmptyEntries), at);
    }

    private static string NameOf(NotificationKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
