namespace FlickStream.Platform.TimedText;

/// <summary>One piece of text and when it is shown.</summary>
/// <param name="Start">Milliseconds on the file's clock; may be negative until <see cref="CueList"/> has seen it.</param>
/// <param name="End">Milliseconds, when it goes.</param>
/// <param name="Text">WebVTT cue text as <see cref="CueText"/> makes it: escaped, no empty line, tags <c>b i u</c> alone.</param>
/// <param name="Settings">WebVTT cue settings, such as <c>line:0</c>; empty for the usual place.</param>
public sealed record Cue(long Start, long End, string Text, string Settings = "")
{
    /// <param name="start">Milliseconds.</param>
    /// <param name="end">Milliseconds.</param>
    /// <param name="words">As people read them.</param>
    public static Cue Plain(long start, long end, string words)
    {
        var text = new CueText();
        text.Add(words);
        return new Cue(start, end, text.ToString());
    }
}
