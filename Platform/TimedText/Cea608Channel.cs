namespace FlickStream.Platform.TimedText;

/// <summary>One caption channel of CEA-608: what its commands and characters show, and when.</summary>
internal sealed class Cea608Channel
{
    // A row that has scrolled stays for the next words; shown alone for less it would flicker.
    private const long Pause = 1000;

    // By the low bits of a preamble's first byte: the row of a second byte below 0x60, and of one above.
    private static readonly (int Low, int High)[] RowsOf = [(11, 11), (1, 2), (3, 4), (12, 13), (14, 15), (5, 6), (7, 8), (9, 10)];

    private readonly CaptionCues _cues = new();
    private Cea608Screen _shown = new();
    private Cea608Screen _hidden = new();
    private Mode _mode;
    private int _row = Cea608Screen.Rows;
    private int _column;
    private int _rows = 2;
    private bool _isItalic;
    private bool _isUnderlined;
    private long? _since;
    private long? _rolledAt;

    private enum Mode
    {
        None,
        PopOn,
        RollUp,
        PaintOn,
    }

    /// <summary>Some caption command was for it, so that somebody means to speak.</summary>
    public bool HasBegun { get; private set; }

    private Cea608Screen Target => _mode == Mode.PopOn ? _hidden : _shown;

    /// <summary>A pair whose first byte is 0x10 to 0x17, that of the channel's number taken away.</summary>
    public void Control(long time, int first, int second)
    {
        if (second >= 0x40) Place(time, first & 7, second);
        else if (first is 0x14 or 0x15 && second is >= 0x20 and < 0x30) Command(time, second);
        else if (first == 0x17 && second is > 0x20 and < 0x24) _column = Math.Min(Cea608Screen.Columns - 1, _column + second - 0x20);
        else if (first == 0x11 && second is >= 0x20 and < 0x30) MidRow(time, second);
        else if (Cea608Characters.OfSpecial(first, second) is { } special) Write(time, special);
        else if (Cea608Characters.OfExtended(first, second) is { } extended) Replace(time, extended);
    }

    public void Write(long time, char character)
    {
        if (_mode == Mode.None) return;
        if (_mode != Mode.PopOn) Begin(time);
        Target.Put(_row, Math.Min(_column, Cea608Screen.Columns - 1), new(character, _isItalic, _isUnderlined));
        // Behind the last column it stands still, and what is put in the place of the last character is in that column.
        _column = Math.Min(Cea608Screen.Columns, _column + 1);
    }

    /// <param name="end">Of the last picture, milliseconds.</param>
    public IReadOnlyList<Cue> Finish(long end)
    {
        Close(end);
        return _cues.All;
    }

    private void Replace(long time, char character)
    {
        _column = Math.Max(0, _column - 1);
        Write(time, character);
    }

    private void MidRow(long time, int second)
    {
        // It takes a place itself; slant goes with a colour.
        Write(time, ' ');
        (_isItalic, _isUnderlined) = ((second & 0x0e) == 0x0e, (second & 1) == 1);
    }

    private void Place(long time, int group, int second)
    {
        if (_mode == Mode.None) return;
        var row = second < 0x60 ? RowsOf[group].Low : RowsOf[group].High;
        if (_mode == Mode.RollUp && row != _row)
        {
            Close(time);
            _shown.Move(_row, row, _rows);
        }

        var kind = (second >> 1) & 0x0f;
        (_row, _column, _isItalic, _isUnderlined) = (row, kind < 8 ? 0 : (kind - 8) * 4, kind == 7, (second & 1) == 1);
    }

    private void Command(long time, int second)
    {
        HasBegun |= second is 0x20 or 0x25 or 0x26 or 0x27 or 0x29;
        switch (second)
        {
            case 0x20:
                _mode = Mode.PopOn;
                break;
            case 0x21 when _mode != Mode.None && _column > 0:
                Target.Put(_row, --_column, default);
                break;
            case 0x24 when _mode != Mode.None:
                Target.ClearFrom(_row, Math.Min(_column, Cea608Screen.Columns - 1));
                break;
            case 0x25 or 0x26 or 0x27:
                RollUp(time, second - 0x23);
                break;
            case 0x29:
                _mode = Mode.PaintOn;
                break;
            case 0x2a or 0x2b:
                // Text mode, which is no captions, until a caption command.
                _mode = Mode.None;
                break;
            case 0x2c:
                Close(time);
                _shown.Clear();
                break;
            case 0x2d when _mode == Mode.RollUp:
                Scroll(time);
                break;
            case 0x2e:
                _hidden.Clear();
                break;
            case 0x2f:
                Close(time);
                (_shown, _hidden, _mode) = (_hidden, _shown, Mode.PopOn);
                if (!_shown.IsEmpty) _since = time;
                break;
        }
    }

    private void RollUp(long time, int rows)
    {
        _rows = rows;
        if (_mode == Mode.RollUp) return;
        Close(time);
        _shown.Clear();
        _hidden.Clear();
        (_mode, _row, _column) = (Mode.RollUp, Cea608Screen.Rows, 0);
    }

    private void Scroll(long time)
    {
        Close(time);
        _shown.Move(_row, _row - 1, _rows - 1);
        (_column, _isItalic, _isUnderlined) = (0, false, false);
        if (!_shown.IsEmpty) _rolledAt = time;
    }

    private void Begin(long time)
    {
        if (_since is not null) return;
        KeepRolled(time);
        _since = time;
    }

    private void Close(long time)
    {
        KeepRolled(time);
        if (_since is { } start) Add(start, time);
        _since = null;
    }

    private void KeepRolled(long time)
    {
        if (_rolledAt is { } start && time - start > Pause) Add(start, time);
        _rolledAt = null;
    }

    private void Add(long start, long end)
    {
        if (end > start && !_cues.IsFull && _shown.ToCue(start, end) is { } cue) _cues.Add(cue);
    }
}
