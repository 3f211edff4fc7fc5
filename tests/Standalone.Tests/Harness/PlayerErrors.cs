using System.Text.RegularExpressions;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Which of the errors that players report are no fault of the title.</summary>
internal static partial class PlayerErrors
{
    /// <param name="mayWait">The title may still grow more slowly than it is played.</param>
    public static void AssertNone(IEnumerable<string> errors, bool mayWait = false) =>
        Assert.DoesNotContain(errors, error => !((TellsOfWaiting(error) && (mayWait || TellsOfMachine(error))) || TellsOfItself(error)));

    // hls.js reports a wait for the next segment as an error that is not fatal; the other players say nothing.
    private static bool TellsOfWaiting(string error) => error.StartsWith("hls bufferStalledError", StringComparison.Ordinal);

    // The media are there, a second of them at least, and a busy machine has not begun to play them, or to go on with another rung, yet. Of media that
    // cannot be played hls.js tells otherwise too: it nudges the clock.
    private static bool TellsOfMachine(string error) => Buffered().IsMatch(error);

    // hls.js gives up its own request for a segment's head when it is told to take another rung meanwhile, and reports that.
    private static bool TellsOfItself(string error) => error.StartsWith("hls aborted ", StringComparison.Ordinal);

    [GeneratedRegex("\"len\":[1-9]")]
    private static partial Regex Buffered();
}
