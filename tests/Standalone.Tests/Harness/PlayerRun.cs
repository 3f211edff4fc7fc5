namespace FlickStream.Standalone.Tests.Harness;

/// <summary>What <c>play.mjs</c> saw while a player played a title in a browser.</summary>
/// <param name="Fatal">Why the scenario could not be finished; null when it could.</param>
/// <param name="Errors">What the player reported.</param>
/// <param name="Rungs">Heights it was offered.</param>
/// <param name="Codecs">Codecs of pictures that it was offered and means it can play.</param>
/// <param name="Codec">The one that it played.</param>
/// <param name="Thumbnail">For 9.5 s; null when the player shows none.</param>
/// <param name="StartedGrowing">The title was still being encoded at the start.</param>
/// <param name="EndedGrowing">The player still took it for growing at the end.</param>
/// <param name="StartedAt">Media time of the first picture.</param>
/// <param name="Switch">The forced change of rung.</param>
/// <param name="Seek">The seek to 80 %.</param>
/// <param name="Ended">The player came to the end by itself.</param>
/// <param name="LastFrame">Number in the last picture shown.</param>
/// <param name="Duration">As the media element tells it, seconds.</param>
/// <param name="FramesRead">Pictures whose number was read and compared.</param>
/// <param name="WrongFrames">Pictures that were shown at a time that is not theirs.</param>
/// <param name="Stalls">Times of a second or more at which playing did not go on.</param>
/// <param name="Gaps">Holes of less than half a second in what was buffered.</param>
/// <param name="Refused">Requests answered with 400 or more.</param>
internal sealed record PlayerRun(
    string Player,
    string? Fatal,
    IReadOnlyList<string> Errors,
    IReadOnlyList<int>? Rungs,
    IReadOnlyList<string>? Codecs,
    string? Codec,
    PlayerRun.Picture? Thumbnail,
    bool StartedGrowing,
    bool EndedGrowing,
    double StartedAt,
    PlayerRun.RungSwitch? Switch,
    PlayerRun.Jump? Seek,
    bool Ended,
    int LastFrame,
    double? Duration,
    int FramesRead,
    IReadOnlyList<PlayerRun.WrongFrame> WrongFrames,
    IReadOnlyList<PlayerRun.Stall> Stalls,
    IReadOnlyList<PlayerRun.Gap> Gaps,
    IReadOnlyList<string> Refused)
{
    public sealed record RungSwitch(int Before, int After);

    /// <param name="Uris">Of the sheet.</param>
    public sealed record Picture(IReadOnlyList<string> Uris, double StartTime, double Duration, double PositionX, double PositionY, double Width, double Height);

    public sealed record Jump(double Target, int Frame, int Shown);

    public sealed record WrongFrame(double At, int Number, int Expected);

    public sealed record Stall(double At, double Ahead);

    public sealed record Gap(double From, double To);

    /// <param name="isOpaque">Its pictures are decrypted where nobody can read them back, so that they are counted only.</param>
    public static Task<PlayerRun> OfAsync(
        string player, string url, int framesPerSecond, bool isGrowing, CancellationToken cancellationToken, bool isOpaque = false) =>
        NodeScript.RunAsync<PlayerRun>(
            "play.mjs",
            [
                "--player", player, "--url", url, "--fps", $"{framesPerSecond}",
                // A growing title ends when the machine has encoded it, a finished one with its clock.
                "--limit", isGrowing ? "600" : "240",
                .. isGrowing ? ["--growing"] : Array.Empty<string>(),
                .. isOpaque ? ["--opaque"] : Array.Empty<string>(),
            ],
            cancellationToken);

    /// <summary>What can be told of pictures that cannot be read back: no error, no hole, a switch, a seek, pictures to the end.</summary>
    /// <param name="frames">Of the master.</param>
    public void AssertPlayedUnseen(int frames)
    {
        Assert.Null(Fatal);
        PlayerErrors.AssertNone(Errors);
        Assert.Empty(Refused);
        Assert.True(Ended);
        Assert.Equal(0, StartedAt, 0.05);
        Assert.Empty(Gaps);
        Assert.NotEqual(Switch!.Before, Switch.After);
        // The seek leaves most of them out.
        Assert.True(FramesRead > frames / 4, $"only {FramesRead} pictures were decoded");
    }

    /// <summary>All that a viewer may expect of any title: no error, no hole, every picture at its time, to the last one.</summary>
    /// <param name="frames">Of the master.</param>
    /// <param name="mayCatchUp">The title may still grow more slowly than it is played: a player that has reached its end then waits, which
    /// is the machine's speed and no fault of the title.</param>
    public void AssertFlawless(int frames, bool mayCatchUp = false)
    {
        Assert.Null(Fatal);
        PlayerErrors.AssertNone(Errors, mayWait: mayCatchUp);
        Assert.Empty(Refused);
        Assert.True(Ended);
        Assert.Equal(0, StartedAt, 0.05);
        Assert.Empty(WrongFrames);
        Assert.Empty(Gaps);
        // A busy machine may stall a player whose buffer is full; a title may not.
        if (!mayCatchUp) Assert.DoesNotContain(Stalls, stall => stall.Ahead < 0.2);
        Assert.True(FramesRead > 20, $"only {FramesRead} pictures were read");
        Assert.Equal(frames - 1, LastFrame);
    }
}
