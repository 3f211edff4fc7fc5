using FlickStream.Portal.Recommendations.Publishing;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>A sparse matrix in compressed rows, whose columns go up in a row. 8 bytes a cell.</summary>
internal sealed class SparseRows
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    private SparseRows(int columns, int[] starts, int[] cells, float[] values) => (Columns, _starts, _columns, _values) = (columns, starts, cells, values);

    public int Rows => _starts.Length - 1;

    public int Columns { get; }

    public int Count => _columns.Length;

    /// <param name="columns">Of each column its cells; null for none.</param>
    /// <param name="rows">How many there are.</param>
    public static SparseRows OfColumns(IReadOnlyList<(int Row, float Value)[]?> columns, int rows)
    {
        var starts = new int[rows + 1];
        foreach (var cells in columns)
            foreach (var (row, _) in cells ?? []) starts[row + 1]++;
        for (var row = 0; row < rows; row++) starts[row + 1] = checked(starts[row + 1] + starts[row]);
        var (places, values, next) = (new int[starts[^1]], new float[starts[^1]], starts[..^1]);
        for (var column = 0; column < columns.Count; column++)
            foreach (var (row, value) in columns[column] ?? [])
                (places[next[row]], values[next[row]++]) = (column, value);
        return new(columns.Count, starts, places, values);
    }

    /// <param name="size">How many rows there must be, and as many columns.</param>
    /// <exception cref="InvalidDataException">It is not that, or its cells are not where they say.</exception>
    public static SparseRows Read(BinaryReader from, int size)
    {
        var (columns, starts, places) = (from.ReadInt32(), from.ReadArray<int>(size + 1L), from.ReadArray<int>());
        var rows = new SparseRows(columns, starts, places, from.ReadNumbers(places.Length));
        return columns == size && rows.IsInOrder() ? rows : throw new InvalidDataException("Cells of a matrix lie outside of it.");
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Columns);
        to.WriteArray(_starts);
        to.WriteArray(_columns);
        to.WriteArray(_values);
    }

    private bool IsInOrder()
    {
        if (_starts[0] != 0 || _starts[^1] != Count) return false;
        for (var row = 0; row < Rows; row++)
        {
            if (_starts[row + 1] < _starts[row] || _starts[row + 1] > Count) return false;
            var before = -1;
            foreach (var column in ColumnsOf(row))
            {
                if (column <= before) return false;
                before = column;
            }

            if (before >= Columns) return false;
        }

        return true;
    }

    public SparseRows Transposed()
    {
        var rows = new (int, float)[Rows][];
        for (var row = 0; row < rows.Length; row++)
        {
            var columns = ColumnsOf(row);
            var values = ValuesOf(row);
            rows[row] = new (int, float)[columns.Length];
            for (var at = 0; at < columns.Length; at++) rows[row][at] = (columns[at], values[at]);
        }

        return OfColumns(rows, Columns);
    }

    /// <summary>The cells of the greatest size of one row or column.</summary>
    /// <param name="spare">As long as <paramref name="values"/>.</param>
    /// <param name="placeOf">Of each value; null where that is its index.</param>
    public static (int Place, float Value)[] Strongest(ReadOnlySpan<float> values, int most, Span<float> spare, int[]? placeOf = null)
    {
        for (var at = 0; at < values.Length; at++) spare[at] = Math.Abs(values[at]);
        var least = most < values.Length ? Selection.Greatest(spare[..values.Length], most) : 0;
        var kept = new List<(int, float)>(Math.Min(most, values.Length));
        for (var at = 0; at < values.Length; at++)
            if (Math.Abs(values[at]) > least) kept.Add((placeOf is null ? at : placeOf[at], values[at]));
        return [.. kept];
    }

    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    public void AddTo(Span<float> sums, int row, float factor)
    {
        var columns = ColumnsOf(row);
        var values = ValuesOf(row);
        for (var at = 0; at < columns.Length; at++) sums[columns[at]] += factor * values[at];
    }

    public float Dot(int row, ReadOnlySpan<float> with)
    {
        var columns = ColumnsOf(row);
        var values = ValuesOf(row);
        var sum = 0f;
        for (var at = 0; at < columns.Length; at++) sum += values[at] * with[columns[at]];
        return sum;
    }

    /// <summary>0 where there is no cell.</summary>
    public float Of(int row, int column)
    {
        var at = ColumnsOf(row).BinarySearch(column);
        return at < 0 ? 0 : _values[_starts[row] + at];
    }

    /// <summary>The same of many columns at once, in one pass.</summary>
    /// <param name="columns">In ascending order.</param>
    /// <param name="values">One a column, to be written.</param>
    public void Of(int row, ReadOnlySpan<int> columns, Span<float> values)
    {
        var own = ColumnsOf(row);
        var cells = ValuesOf(row);
        var at = 0;
        for (var wanted = 0; wanted < columns.Length; wanted++)
        {
            while (at < own.Length && own[at] < columns[wanted]) at++;
            values[wanted] = at < own.Length && own[at] == columns[wanted] ? cells[at] : 0;
        }
    }
}
