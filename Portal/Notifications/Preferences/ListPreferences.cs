using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Notifications.Preferences;

/// <param name="Kind">What it is told of.</param>
/// <param name="InApp">Whether it is listed.</param>
/// <param name="Mail">off, now, digest, or always where nobody chooses.</param>
/// <param name="IsOfProfile">Whether each profile may choose; then this is what holds for the one that the session acts as.</param>
internal sealed record PreferenceAnswer(NotificationKind Kind, bool InApp, MailChoice Mail, bool IsOfProfile);

internal sealed record PreferenceList(IReadOnlyList<PreferenceAnswer> Items);

internal static class ListPreferences
{
    public static async Task<PreferenceList> HandleAsync(PreferenceStore preferences, ProfileStore profiles, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var profile = await profiles.ActingAsync(session) is { Id.Length: > 0 } acting ? acting : null;
        var account = await preferences.ReadAsync(session.AccountId, http.RequestAborted);
        var own = profile is null ? null : await preferences.ReadAsync(profile.Id, http.RequestAborted);
        return new([.. Enum.GetValues<NotificationKind>().Select(AnswerOf)]);

        PreferenceAnswer AnswerOf(NotificationKind kind)
        {
            var isOfProfile = NotificationKinds.IsOfProfile(kind);
            var holds = isOfProfile ? PreferenceStore.Merge(account, own, profile, kind) : PreferenceStore.Merge(account, null, null, kind);
            return new(kind, holds.InApp, holds.Mail, isOfProfile);
        }
    }
}
