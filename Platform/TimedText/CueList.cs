namespace FlickStream.Platform.TimedText;

/// <summary>Cues fit for a title: on its clock, inside it, in order, and of bounded number and weight.</summary>
public static class CueList
{
    /// <summary>The most cues a track may have: an animated title's karaoke has some thousands, twelve hours of talk about 20,000.</summary>
    public const int MaxCues = 50_000;

    // Characters that all of a title's segments may have together; a cue that lasts through the title is in each of them.
    private const long MaxCharacters = 64L << 20;

    /// <param name="cues">As read; negative and empty times are the file's fault and are mended or left out.</param>
    /// <param name="shift">Milliseconds that are added to every time: the title's clock minus the file's.</param>
    /// <param name="length">Milliseconds of title; what lies behind is cut.</param>
    public static IReadOnlyList<Cue> Of(IEnumerable<Cue> cues, long shift, long length) =>
    [
        .. cues.Take(MaxCues)
            .Select(cue => cue with { Start = Math.Clamp(cue.Start + shift, 0, length), End = Math.Clamp(cue.End + shift, 0, length) })
            .Where(cue => cue.End > cue.Start && cue.Text.Length > 0)
            .Distinct()
            .OrderBy(cue => cue.Start).ThenBy(cue => cue.End),
    ];

    /// <summary>Cut to segments the track would weigh more than any that is read: its cues last too long for their number.</summary>
    public static bool IsTooHeavy(IReadOnlyList<Cue> cues, double segmentMilliseconds) =>
        cues.Sum(cue => (cue.Text.Length + 50) * (1 + Math.Ceiling((cue.End - cue.Start) / segmentMilliseconds))) > MaxCharacters;
}
