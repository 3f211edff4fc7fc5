using System.Text;

namespace FlickStream.Platform.TimedText;

/// <summary>
/// Builds the text of one cue. What goes in is a stranger's: nothing of it can become markup, end the cue, or grow without bound. Styles
/// are switched, not nested, as ASS and broken SubRip do it; the tags that come out are always well nested.
/// </summary>
internal sealed class CueText
{
    /// <summary>Characters of text a cue; what is more is cut. Two full lines have about 80.</summary>
    public const int MaxCharacters = 2000;

    private readonly StringBuilder _text = new();
    private readonly List<char> _open = [];

    // Those at a line's end are never seen, and between two styles they belong to neither.
    private readonly StringBuilder _spaces = new();
    private bool _isLineEmpty = true;
    private int _characters;
    private bool _isSeen;

    public bool IsBold { get; set; }

    public bool IsItalic { get; set; }

    public bool IsUnderlined { get; set; }

    /// <summary>Adds text as it is read by people, with line feeds; entities are the caller's to decode.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n') EndLine();
            else if (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF or 0x2028 or 0x2029)) Add(rune);
        }
    }

    /// <summary>A line without text is left out: an empty line would end the cue.</summary>
    public void EndLine()
    {
        _spaces.Clear();
        if (_isLineEmpty) return;
        _text.Append('\n');
        _isLineEmpty = true;
    }

    /// <summary>The cue's text; empty where nothing would be seen.</summary>
    public override string ToString()
    {
        CloseAll();
        return !_isSeen ? "" : _text.ToString().TrimEnd();
    }

    private void Add(Rune rune)
    {
        if (_characters >= MaxCharacters) return;
        _characters++;
        if (Rune.IsWhiteSpace(rune))
        {
            if (!_isLineEmpty) _spaces.Append(rune);
            return;
        }

        _isLineEmpty = false;
        _isSeen = true;
        Style();
        _ = rune.Value switch
        {
            '&' => _text.Append("&amp;"),
            '<' => _text.Append("&lt;"),
            '>' => _text.Append("&gt;"),
            _ => _text.Append(rune),
        };
    }

    private void Style()
    {
        if (_open.Contains('b') == IsBold && _open.Contains('i') == IsItalic && _open.Contains('u') == IsUnderlined)
        {
            AddSpaces();
            return;
        }

        CloseAll();
        AddSpaces();
        if (IsBold) Open('b');
        if (IsItalic) Open('i');
        if (IsUnderlined) Open('u');
    }

    private void AddSpaces()
    {
        _text.Append(_spaces);
        _spaces.Clear();
    }

    private void Open(char tag)
    {
        _text.Append('<').Append(tag).Append('>');
        _open.Add(tag);
    }

    private void CloseAll()
    {
        // Before the line feed that may come last: nothing but tags on a line would be a line of its own.
        var at = _text.Length > 0 && _text[^1] == '\n' ? _text.Length - 1 : _text.Length;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _text.Insert(at, $"</{_open[i]}>");
            at += 4;
        }

        _open.Clear();
    }
}
