namespace FlickStream.Platform.TimedText;

/// <summary>The cues of one channel of captions, of bounded number and weight: whole screens that are shown by turns would be far more than what
/// they came in.</summary>
internal sealed class CaptionCues
{
    private const int MaxCharacters = TimedTextFile.MaxBytes;

    private readonly List<Cue> _cues = [];
    private int _characters;

    public IReadOnlyList<Cue> All => _cues;

    public bool IsFull => _cues.Count >= CueList.MaxCues || _characters >= MaxCharacters;

    public void Add(Cue cue)
    {
        if (cue.End <= cue.Start || IsFull) return;
        _cues.Add(cue);
        _characters += cue.Text.Length;
    }
}
