using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Brings telecined film back to its own frames. The filter decimate drops one frame of every five that it is given, counted from the
/// first, so chunks would disagree if each began at its own first frame: all begin at a whole number of fives on the grid of the
/// master's frames, and number what comes out from there.
/// </summary>
internal static class Pulldown
{
    public static readonly Rational FilmRate = new(24000, 1001);

    private static readonly Rational VideoRate = new(30000, 1001);

    /// <summary>Fives that are made and dropped before the chunk: matching and decimating look at the frames before.</summary>
    private const long Before = 2;

    private static readonly Rational DoubleRate = 2 * VideoRate;

    /// <summary>Whole frames are shown three times and two in turn, as 720p carries film: nothing lies between fields.</summary>
    public static bool IsOfFrames(VideoReport video) => video.IsTelecined && video.FrameRate > 45;

    /// <param name="video">Telecined.</param>
    /// <param name="chunk">What is wanted of it.</param>
    /// <param name="atStart">Of the fps filter, for the first chunk.</param>
    /// <returns>Filters that yield frames numbered on the film's grid, a few more than the chunk's at its start.</returns>
    public static string Undo(VideoReport video, Chunk chunk, string atStart) =>
        IsOfFrames(video) ? OfFrames(chunk, atStart) : OfFields(chunk, atStart, video.IsBottomFieldFirst);

    // Wherever in the five its cuts put it, two of them differ from the frame before: three times the one that differs least is dropped.
    private static string OfFrames(Chunk chunk, string atStart)
    {
        var first = Math.Max(0, (chunk.FirstFrame / 2) - Before);
        return $"fps={DoubleRate}:round=near{atStart},trim=start_pts={5 * first},decimate,decimate=cycle=4,decimate=cycle=3,"
            + $"settb={FilmRate.Inverse},setpts=N+{2 * first}";
    }

    private static string OfFields(Chunk chunk, string atStart, bool isBottomFirst)
    {
        var first = Math.Max(0, (chunk.FirstFrame / 4) - Before);
        var order = isBottomFirst ? "bff" : "tff";
        return $"fps={VideoRate}:round=near{atStart},trim=start_pts={5 * first},fieldmatch=order={order}:combmatch=full,"
            + $"bwdif=mode=send_frame:parity={order}:deint=interlaced,decimate,settb={FilmRate.Inverse},setpts=N+{4 * first}";
    }
}
