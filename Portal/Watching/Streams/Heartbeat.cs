using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Streams;

/// <param name="Token">As the stream was started with.</param>
/// <param name="PositionSeconds">Where the player is.</param>
/// <param name="State">playing, paused, ended or closed.</param>
internal sealed record HeartbeatRequest([property: Required] string? Token, [property: Required] double? PositionSeconds, [property: Required] PlayState? State);

/// <summary>POST: keeps the stream's place and where its viewer is. The last one, <c>closed</c> or <c>ended</c>, gives the place up.</summary>
internal static class Heartbeat
{
    private const double Furthest = 1e6;

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        HeartbeatRequest request, StreamTokens tokens, PlayStore plays, ShelfStore shelves, IPlayback playback)
    {
        if (request is not { PositionSeconds: >= 0 and <= Furthest and var position, State: { } state }) return WatchingProblems.HeartbeatInvalid.ToResult();
        if (tokens.Open(request.Token) is not { } id) return WatchingProblems.TokenInvalid.ToResult();
        var beat = new Beat(position, state);

        // Kept to its end although the player that sent it is gone.
        var refusal = await playback.RenewAsync(id, CancellationToken.None);
        var play = IsOver(refusal) ? null : await plays.BeatAsync(id, beat, refusal is null, CancellationToken.None);
        if (play is not null && beat.IsLast) await shelves.EndAsync(play, CancellationToken.None);
        if (!beat.IsLast) return refusal is null ? TypedResults.NoContent() : refusal.ToResult();
        await playback.EndAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    // Its token says no more who watches: where the profile is now is known from later streams.
    private static bool IsOver(Problem? refusal) => refusal?.Code is PlaybackCodes.GrantNotFound or PlaybackCodes.GrantRevoked or PlaybackCodes.TokenExpired;
}
