using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

/// <param name="Content">All of it.</param>
/// <param name="Pin">The profile's, where it has one and who may see what changes.</param>
internal sealed record ChangeProfileRequest(ProfileContent? Content, string? Pin = null);

/// <summary>PUT: another content, of the revision that If-Match names.</summary>
internal static class ChangeProfile
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeProfileRequest request, ProfileStore profiles, ProfilePins pins, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (await profiles.GetAsync(session.AccountId, id, http.RequestAborted) is null) return ProfileProblems.NotFound.ToResult();
        if (!EntityTags.TryRead(http, out var revision)) return EntityTags.IfMatchNeeded.ToResult();
        if (ProfileRules.Tidy(request.Content ?? new(), out var problem) is not { } tidied) return problem!.ToResult();
        while (await profiles.GetAsync(session.AccountId, id, http.RequestAborted) is { } before)
        {
            if (revision is { } wanted && wanted != before.Revision) return ProfileProblems.Changed.ToResult();
            if (LimitOf(tidied) != LimitOf(before.Content) && await pins.RefuseAsync(before, request.Pin, http) is { } refused) return refused;
            var isAsSeen = false;
            var changed = await profiles.ChangeAsync(id, Changed, CancellationToken.None);
            if (changed is not null && isAsSeen)
            {
                EntityTags.Tag(http, changed.Revision);
                return TypedResults.Ok(ProfileAnswer.Of(changed, session.ProfileId));
            }

            // A PIN or a limit that was set meanwhile is asked about anew.
            Profile Changed(Profile now) => (isAsSeen = (now.Revision, now.PinHash) == (before.Revision, before.PinHash))
                ? now with { Content = tidied, Revision = now.Revision + 1 } : now;
        }

        return ProfileProblems.NotFound.ToResult();
    }

    private static (int? MaximumAge, bool IsKids) LimitOf(ProfileContent content) => (content.MaximumAge, content.IsKids);
}
