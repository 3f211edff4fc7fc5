using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Search.Terms;

/// <summary>The rows that have a term: a list of few, a set of many.</summary>
internal sealed class TermRows
{
    // The object, its key and its place in a dictionary.
    private const int EntryBytes = 250;

    // So few of a set's word are gone through one by one.
    private const int FewOfWord = 6;

    // Of 32 rows the byte in which each has its bit, and the bit.
    private static readonly Vector256<byte> ByteOfRow = Vector256.Create([.. Enumerable.Range(0, 32).Select(row => (byte)(row / 8))]);
    private static readonly Vector256<byte> BitOfRow = Vector256.Create([.. Enumerable.Range(0, 32).Select(row => (byte)(1 << (row % 8)))]);

    private static readonly TermRows None = new([], []);

    private readonly int[] _list;
    private readonly ulong[] _set;

    private TermRows(int[] list, ulong[] set) => (_list, _set) = (list, set);

    public int Bytes => EntryBytes + (sizeof(int) * _list.Length) + (sizeof(ulong) * _set.Length);

    /// <param name="rows">In any order; some may be there twice.</param>
    public static TermRows Of(List<int> rows)
    {
        if (rows.Count == 0) return None;
        var words = (rows.Max() / Bits.OfWord) + 1;
        if (rows.Count * sizeof(int) <= words * sizeof(ulong)) return new([.. rows], []);
        var set = new ulong[words];
        foreach (var row in rows) set.Add(row);
        return new([], set);
    }

    /// <summary>Each once, where they were given so.</summary>
    public IReadOnlyList<int> All() => _set.Length == 0 ? _list : [.. _set.Rows()];

    /// <summary>Raises what is below so many points.</summary>
    /// <param name="best">By row, with room for whole vectors.</param>
    /// <param name="points">How far.</param>
    public void Raise(Span<byte> best, byte points)
    {
        foreach (var row in _list) Raise(ref best[row], points);
        var wanted = Vector256.Create(points);
        for (var i = 0; i < _set.Length; i++)
        {
            var rest = _set[i];
            if (BitOperations.PopCount(rest) > FewOfWord)
            {
                var raised = MemoryMarshal.Cast<byte, Vector256<byte>>(best.Slice(i * Bits.OfWord, Bits.OfWord));
                raised[0] = Vector256.Max(raised[0], Spread((uint)rest) & wanted);
                raised[1] = Vector256.Max(raised[1], Spread((uint)(rest >> 32)) & wanted);
                continue;
            }

            for (; rest != 0; rest &= rest - 1) Raise(ref best[Bits.FirstOf(i, rest)], points);
        }
    }

    private static void Raise(ref byte known, byte points)
    {
        if (known < points) known = points;
    }

    // All bits of each row's byte, where the row has its bit.
    private static Vector256<byte> Spread(uint rows) => Vector256.Equals(Vector256.Shuffle(Vector256.Create(rows).AsByte(), ByteOfRow) & BitOfRow, BitOfRow);
}
