namespace FlickStream.Platform.TimedText;

/// <summary>One window of a service of CEA-708: its rows, its pen, and where it stands.</summary>
internal sealed class Cea708Window
{
    // As many as a definition can ask for (CTA-708-E, 8.10.5.2). Words that leave a narrower window are worth more than its edge.
    private const int Rows = 16;
    private const int Columns = 64;

    // A screen of fifteen rows, in its upper half of which captions stand out of the way of what is below.
    private const double RowHeight = 1 / 15.0;
    private const double TopHalf = 0.5;

    private readonly Cell[,] _cells = new Cell[Rows, Columns];
    private int _rows = 1;
    private int _row;
    private int _column;
    private double _top;
    private bool _isItalic;
    private bool _isUnderlined;

    public bool IsVisible { get; set; }

    public double Top => _top;

    public bool HasText { get; private set; }

    public bool IsSeen => IsVisible && HasText;

    private int LastRow => Enumerable.Range(0, Rows).LastOrDefault(IsFilled, -1);

    /// <summary>What of it shows is at the screen's top.</summary>
    public bool IsAtTop => _top + ((LastRow + 1) * RowHeight) <= TopHalf;

    /// <summary>A definition changes the place and the size; words that are there stay.</summary>
    /// <param name="parameters">Six bytes (8.10.5.2).</param>
    public void Define(ReadOnlySpan<byte> parameters)
    {
        _rows = (parameters[3] & 0x0f) + 1;
        var isPercent = (parameters[1] & 0x80) != 0;
        var anchor = Math.Min(1, (parameters[1] & 0x7f) / (isPercent ? 100.0 : 75));
        // Anchor points are counted from the upper left, three a line.
        _top = anchor - (_rows * RowHeight * ((parameters[3] >> 4) switch { < 3 => 0, < 6 => 0.5, _ => 1 }));
    }

    public void SetPen(byte attributes) => (_isItalic, _isUnderlined) = ((attributes & 0x80) != 0, (attributes & 0x40) != 0);

    public void MovePen(int row, int column) => (_row, _column) = (row & 0x0f, column & 0x3f);

    /// <summary>Where the pen stands there are words already.</summary>
    public bool IsOnText => _column < Columns && IsText(_cells[_row, _column]);

    public void Write(char character)
    {
        if (_column >= Columns) return;
        var cell = new Cell(character, _isItalic, _isUnderlined);
        _cells[_row, _column++] = cell;
        HasText |= IsText(cell);
    }

    public void Backspace()
    {
        if (_column == 0) return;
        _cells[_row, --_column] = default;
        HasText = LastRow >= 0;
    }

    public void ClearRow()
    {
        for (var column = 0; column < Columns; column++) _cells[_row, column] = default;
        _column = 0;
        HasText = LastRow >= 0;
    }

    public void Clear()
    {
        Array.Clear(_cells);
        HasText = false;
    }

    /// <summary>To the next row, which the last one has when all scroll up.</summary>
    public void Return()
    {
        _column = 0;
        if (_row + 1 < _rows)
        {
            _row++;
            return;
        }

        Array.Copy(_cells, Columns, _cells, 0, _row * Columns);
        ClearRow();
    }

    public void AddTo(CueText text)
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var cell = _cells[row, column];
                (text.IsItalic, text.IsUnderlined) = (cell.IsItalic, cell.IsUnderlined);
                text.Add([cell.Character == default ? ' ' : cell.Character]);
            }

            text.EndLine();
        }
    }

    private bool IsFilled(int row)
    {
        for (var column = 0; column < Columns; column++)
            if (IsText(_cells[row, column])) return true;
        return false;
    }

    private static bool IsText(Cell cell) => cell.Character is not (default(char) or ' ');

    private readonly record struct Cell(char Character, bool IsItalic, bool IsUnderlined);
}
