using System.Text.Json;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Preferences;

/// <param name="InApp">Null: as it is for the account, or as usual.</param>
/// <param name="Mail">off, now or digest; null likewise.</param>
internal sealed record SetPreferenceRequest(bool? InApp, [property: OneOf("off", "now", "digest")] string? Mail);

/// <summary>PUT: for the account, or for the profile that the session acts as, whose choice goes before.</summary>
internal static class SetPreference
{
    public static async Task<Results<NoContent, ProblemHttpResult>> ForAccountAsync(
        string kind, SetPreferenceRequest request, PreferenceStore preferences, HttpContext http)
    {
        if (Read(kind, request, out var known, out var choice) is { } unfit) return unfit.ToResult();
        var account = CallerSession.Of(http).AccountId;
        await preferences.SetAsync(account, account, known, choice!, CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> ForProfileAsync(
        string kind, SetPreferenceRequest request, PreferenceStore preferences, ProfileStore profiles, HttpContext http)
    {
        if (Read(kind, request, out var known, out var choice) is { } unfit) return unfit.ToResult();
        if (!NotificationKinds.IsOfProfile(known)) return NotificationProblems.NotOfProfile.ToResult();
        if (await profiles.ActingAsync(CallerSession.Of(http)) is not { Id.Length: > 0 } profile)
            return WatchingProblems.ProfileNeeded.ToResult();
        await preferences.SetAsync(profile.AccountId, profile.Id, known, choice!, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static Problem? Read(string name, SetPreferenceRequest request, out NotificationKind kind, out OwnChoice? choice)
    {
        (kind, choice) = (default, null);
        var known = Enum.GetValues<NotificationKind>().Where(one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString()) == name).ToList();
        if (known is not [var found]) return NotificationProblems.KindUnknown;
        MailChoice? mail = request.Mail switch { "off" => MailChoice.Off, "now" => MailChoice.Now, "digest" => MailChoice.Digest, _ => null };
        if (request.Mail is not null && mail is null) return NotificationProblems.MailInvalid;
        if (mail is not null && NotificationKinds.IsLetter(found)) return NotificationProblems.MailFixed;
        (kind, choice) = (found, new(request.InApp, mail));
        return null;
    }
}
