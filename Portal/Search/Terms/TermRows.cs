using System.Numerics;
using System.Runtime.InteropServices;

namespace FlickStream.Portal.Search.Terms;

/// <summary>Which rows have a term: the list of few, and of many a byte for each row, of which all bits are set or none.</summary>
internal sealed class TermRows
{
    private readonly int[] _few;
    private readonly byte[]? _many;

    private TermRows(int[] few, byte[]? many) => (_few, _many) = (few, many);

    public bool AreMany => _many is not null;

    public int Bytes => (sizeof(int) * _few.Length) + (_many?.Length ?? 0);

    /// <param name="rows">Each once.</param>
    /// <param name="room">For all rows there are, where these are many of them.</param>
    public static TermRows Of(ReadOnlySpan<int> rows, int? room)
    {
        if (room is not { } all) return new(rows.ToArray(), null);
        var many = new byte[all];
        foreach (var row in rows) many[row] = byte.MaxValue;
        return new([], many);
    }

    /// <summary>Raises what is below so many points, of each of the rows.</summary>
    /// <param name="best">By row, with room for whole vectors.</param>
    /// <param name="points">How far.</param>
    public void Raise(Span<byte> best, byte points)
    {
        if (_many is null)
        {
            foreach (var row in _few)
            {
                ref var known = ref best[row];
                if (known < points) known = points;
            }

            return;
        }

        var rows = MemoryMarshal.Cast<byte, Vector<byte>>(_many.AsSpan());
        var raised = MemoryMarshal.Cast<byte, Vector<byte>>(best);
        var wanted = new Vector<byte>(points);
        for (var i = 0; i < rows.Length; i++) raised[i] = Vector.Max(raised[i], rows[i] & wanted);
    }
}
