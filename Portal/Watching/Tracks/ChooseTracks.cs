using FlickStream.Platform.Languages;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Tracks;

/// <summary>What a viewer chose in the player, for this title and those it belongs to.</summary>
internal sealed record ChooseTracksRequest(AudioChoice? Audio, CaptionTrack? Captions);

/// <summary>PUT: remembered for the next episode, and for what is watched next.</summary>
internal static class ChooseTracks
{
    private const int MostOfRole = 40;

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, ChooseTracksRequest request, SeenTitles seen, TrackStore tracks, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is not { } title) return TitleProblems.NotFound.ToResult();
        if (Tidy(request) is not { } choice) return WatchingProblems.TracksInvalid.ToResult();
        await tracks.PutAsync(watcher.Profile, title.WorkId, choice, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static TrackChoice? Tidy(ChooseTracksRequest said)
    {
        var (audio, captions) = (LanguageTags.Shortest(said.Audio?.Language), LanguageTags.Shortest(said.Captions?.Language));
        return (said.Audio is not null && audio is null) || (said.Captions?.Language is not null && captions is null)
            || !IsRole(said.Audio?.Role) || !IsRole(said.Captions?.Role)
            ? null : new(said.Audio is null ? null : said.Audio with { Language = audio }, said.Captions is null ? null : said.Captions with { Language = captions });
    }

    private static bool IsRole(string? role) => role is null || (role.Length is > 0 and <= MostOfRole && TitleRules.IsLine(role));
}
