using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Text;

/// <summary>What <c>captions.mjs</c> saw of a title's text in a browser.</summary>
/// <param name="Fatal">Why it could not be finished; null when it could.</param>
/// <param name="Errors">What the player reported.</param>
/// <param name="StartedGrowing">The title was still being encoded.</param>
/// <param name="Names">Of all text tracks that the player offers.</param>
/// <param name="Tracks">Those that were shown.</param>
/// <param name="Refused">Requests answered with 400 or more.</param>
internal sealed record CaptionRun(
    string? Fatal,
    IReadOnlyList<string> Errors,
    bool StartedGrowing,
    IReadOnlyList<string>? Names,
    IReadOnlyList<CaptionRun.Track> Tracks,
    IReadOnlyList<string> Refused)
{
    public sealed record Track(string Name, string? Language, bool IsForced, IReadOnlyList<Moment> At, IReadOnlyList<Cue> Cues);

    /// <param name="At">Seconds.</param>
    /// <param name="Texts">Of the cues on the screen.</param>
    public sealed record Moment(double At, IReadOnlyList<string> Texts);

    public sealed record Cue(double Start, double End, string Text, double? Line);

    public static async Task<CaptionRun> OfAsync(
        string player, string url, IEnumerable<string> tracks, IEnumerable<int> moments, CancellationToken cancellationToken)
    {
        var run = await NodeScript.RunAsync<CaptionRun>(
            "captions.mjs",
            ["--player", player, "--url", url, "--at", string.Join(',', moments), "--tracks", string.Join(',', tracks)],
            cancellationToken);
        Assert.Null(run.Fatal);
        PlayerErrors.AssertNone(run.Errors);
        Assert.Empty(run.Refused);
        return run;
    }
}
