namespace FlickStream.Platform.TimedText;

/// <summary>The fifteen rows of a caption channel, shown or not.</summary>
internal sealed class Cea608Screen
{
    public const int Rows = 15;
    public const int Columns = 32;

    // Above it captions stand out of the way of what is below.
    private const int TopRows = 7;

    private readonly Cell[,] _cells = new Cell[Rows + 1, Columns];

    public bool IsEmpty => LastRow == 0;

    private int LastRow => Enumerable.Range(1, Rows).LastOrDefault(HasText);

    public void Put(int row, int column, Cell cell) => _cells[row, column] = cell;

    public void Clear() => Array.Clear(_cells);

    public void ClearFrom(int row, int column)
    {
        for (; column < Columns; column++) _cells[row, column] = default;
    }

    /// <summary>A block of rows goes to where another row is its lowest; what else there was goes.</summary>
    public void Move(int from, int to, int rows)
    {
        var block = new Cell[rows, Columns];
        for (var i = 0; i < rows && from - i > 0; i++)
            for (var column = 0; column < Columns; column++) block[i, column] = _cells[from - i, column];
        Clear();
        for (var i = 0; i < rows && to - i > 0; i++)
            for (var column = 0; column < Columns; column++) _cells[to - i, column] = block[i, column];
    }

    /// <returns>Null where nothing would be seen.</returns>
    public Cue? ToCue(long start, long end)
    {
        var text = new CueText();
        for (var row = 1; row <= Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var cell = _cells[row, column];
                (text.IsItalic, text.IsUnderlined) = (cell.IsItalic, cell.IsUnderlined);
                text.Add([cell.Character == default ? ' ' : cell.Character]);
            }

            text.EndLine();
        }

        var words = text.ToString();
        return words.Length == 0 ? null : new Cue(start, end, words, LastRow <= TopRows ? CuePlace.OfNumpad(8) : "");
    }

    private bool HasText(int row)
    {
        for (var column = 0; column < Columns; column++)
            if (_cells[row, column].Character is not (default(char) or ' ')) return true;
        return false;
    }

    internal readonly record struct Cell(char Character, bool IsItalic, bool IsUnderlined);
}
