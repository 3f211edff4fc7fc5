using System.Text;

namespace FlickStream.Platform.TimedText;

/// <summary>Writes WebVTT, whole and in the segments of HLS.</summary>
public static class WebVttWriter
{
    // The media's clock begins with the title, and cues are written in it: RFC 8216, 3.5, maps one to the other.
    private const string Head = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n";

    public static string Whole(IEnumerable<Cue> cues) => Write("WEBVTT\n", cues);

    /// <param name="cues">All that are shown at any time of the segment; one that is shown in two is in both, with all of its time.</param>
    public static string Segment(IEnumerable<Cue> cues) => Write(Head, cues);

    private static string Write(string head, IEnumerable<Cue> cues)
    {
        var text = new StringBuilder(head);
        foreach (var cue in cues)
        {
            text.Append('\n').Append(CueTime.Write(cue.Start)).Append(" --> ").Append(CueTime.Write(cue.End));
            if (cue.Settings.Length > 0) text.Append(' ').Append(cue.Settings);
            text.Append('\n').Append(cue.Text).Append('\n');
        }

        return text.ToString();
    }
}
