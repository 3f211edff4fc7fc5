namespace FlickStream.Platform.TimedText;

/// <summary>Where a cue stands, as WebVTT settings.</summary>
internal static class CuePlace
{
    /// <param name="key">As on a number pad: 1..3 at the bottom, 7..9 at the top, 1, 4 and 7 at the left.</param>
    public static string OfNumpad(int key)
    {
        var line = key switch { >= 7 => "line:0", >= 4 => "line:50%", _ => "" };
        var side = (key % 3) switch { 1 => "position:0% align:start", 0 => "position:100% align:end", _ => "" };
        return $"{line} {side}".Trim();
    }

    /// <summary>SSA version 4 counts 1..3 at the bottom, 5..7 at the top, 9..11 in the middle.</summary>
    public static int NumpadOfSsa(int alignment) => alignment switch
    {
        >= 1 and <= 3 => alignment,
        >= 5 and <= 7 => alignment + 2,
        >= 9 and <= 11 => alignment - 5,
        _ => 2,
    };
}
