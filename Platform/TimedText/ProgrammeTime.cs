using System.Globalization;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.TimedText;

/// <summary>Text of studios often runs on the time of the programme, whose first picture stands at 01:00:00:00 or 10:00:00:00.</summary>
public static class ProgrammeTime
{
    public static readonly Problem OutsideTitle = new(
        "text_outside_title",
        422,
        "No cue of the file lies within the title. Say offset=SECONDS, which is added to all its times, such as offset=-3600 for a programme that begins at 01:00:00.");

    private const long Hour = 3_600_000;

    // Milliseconds by which a last cue may outlast its title.
    private const long Slack = 10_000;

    /// <param name="cues">One at least.</param>
    /// <param name="length">Milliseconds of title.</param>
    /// <param name="timecode">Milliseconds at which its first picture stands; null when the master does not say.</param>
    /// <returns>Milliseconds to add to all times: 0 where they are the title's already; null where nothing that is usual would bring a cue into the title.</returns>
    public static long? ShiftOf(IReadOnlyList<Cue> cues, long length, long? timecode)
    {
        var (first, last) = (cues.Min(cue => cue.Start), cues.Max(cue => cue.End));
        if (last <= length) return 0;
        var starts = new[] { timecode ?? 0, 10 * Hour, Hour, first / Hour * Hour }.Where(start => start > 0 && start <= first && first - start < length).ToList();
        foreach (var start in starts.Where(start => last - start <= length + Slack)) return -start;
        return first < length ? 0 : starts.Count > 0 ? -starts[0] : null;
    }

    /// <summary>Whether anything is seen of a cue.</summary>
    public static bool IsWithin(Cue cue, long shift, long length) => cue.End + shift > 0 && cue.Start + shift < length;

    /// <summary>For <see cref="OutsideTitle"/>.</summary>
    public static string Detail(IReadOnlyList<Cue> cues, long length) =>
        $"Its cues stand from {Clock(cues.Min(cue => cue.Start))} to {Clock(cues.Max(cue => cue.End))}; the title lasts {Clock(length)}.";

    private static string Clock(long milliseconds) => string.Create(
        CultureInfo.InvariantCulture, $"{milliseconds / Hour:00}:{Math.Abs(milliseconds) / 60_000 % 60:00}:{Math.Abs(milliseconds) / 1000 % 60:00}");
}
