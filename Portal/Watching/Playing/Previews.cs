using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Playback;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Tracks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>Those who may edit a title look at it in every state and without a plan. Nothing is counted and nothing remembered.</summary>
internal sealed class Previews(IPlayback playback, TitleMedia media, ProfileStore profiles, IAuthorizationService authorization)
{
    /// <summary>Not from within a profile with a limit: a child may sit there.</summary>
    public async Task<bool> MaySeeAsync(Title title, HttpContext http) =>
        (await authorization.AuthorizeAsync(http.User, Scopes.Catalog)).Succeeded && Caller.Of(http).MaySee(title.OwnerId)
        && await profiles.ActingAsync(CallerSession.Of(http)) is not { Content.IsLimited: true };

    public async Task<Results<Ok<PlayAnswer>, ProblemHttpResult>> StartAsync(Title title, HttpContext http)
    {
        if (title.Content.AssetId is not { } asset) return WatchingProblems.NotPlayed.ToResult();
        var answer = await playback.GrantAsync(new(asset, null, CallerSession.Of(http).AccountId, null), http);
        if (answer.Grant is not { } grant) return PlayRefusals.Of(answer.Refusal!);
        var times = await media.OfAsync(asset);
        var markers = TitleMedia.Merge(title.Content.Markers, times.Markers);
        return TypedResults.Ok(new PlayAnswer(
            grant.GrantId, null, grant.Hls, grant.Dash, grant.ExpiresAt, grant.HeartbeatSeconds, null, 0, times.DurationSeconds, markers.Intro, markers.Credits,
            null, false, new TrackChoice(null, null)));
    }
}
