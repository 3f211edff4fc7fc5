using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Search;

/// <summary>What each row has of a query, counted word by word, many rows at a time. Everything counted is whole, so that no order of adding matters.</summary>
internal sealed class Tally : IPoints, IDisposable
{
    // In what a row has of words: one that is found at all, and one that is worth more than in a synopsis. Of twelve words both counts fit into a byte.
    private const byte Any = 1, Strong = 16;

    // Of two words each alone is in far too many names: "the mafia".
    private const int FewestToMissOne = 3;

    private readonly byte[] _best;
    private readonly byte[] _matched;
    private readonly ushort[] _points;
    private readonly byte[] _besides;
    private readonly int _room;
    private int _words;
    private bool _hasFound;

    /// <param name="state">What is searched.</param>
    /// <param name="words">How many are looked for.</param>
    public Tally(SearchState state, int words)
    {
        _besides = state.BesidesWords(words);
        _room = _besides.Length;
        (_best, _matched, _points) = (ArrayPool<byte>.Shared.Rent(_room), ArrayPool<byte>.Shared.Rent(_room), ArrayPool<ushort>.Shared.Rent(_room));
        Best.Clear();
    }

    /// <summary>By row: of the word that is being looked for. There is room for whole vectors.</summary>
    public Span<byte> Best => _best.AsSpan(0, _room);

    /// <summary>Adds what was found of a word.</summary>
    /// <returns>Whether it was anything.</returns>
    public bool EndWord()
    {
        _words++;
        if (!Best.ContainsAnyExcept((byte)0)) return false;
        var best = MemoryMarshal.Cast<byte, Vector<byte>>(Best);
        var matched = MemoryMarshal.Cast<byte, Vector<byte>>(_matched.AsSpan(0, _room));
        var points = MemoryMarshal.Cast<ushort, Vector<ushort>>(_points.AsSpan(0, _room));
        if (_hasFound) Add(best, matched, points);
        else Begin(best, matched, points);
        _hasFound = true;
        Best.Clear();
        return true;
    }

    /// <summary>Rows of a set that have all words.</summary>
    public ulong[] FoundWhole(ulong[] among) => With(_words, Any, among);

    /// <summary>Rows of a set that have all words; where there are none, those that have half of them. Where all are only in what a synopsis says besides, those
    /// too that have all words but one elsewhere: whoever names three words of a title means it rather than a text in which they come.</summary>
    public ulong[] Found(ulong[] among)
    {
        var found = FoundWhole(among);
        if (_words < 2) return found;
        if (!Array.Exists(found, rows => rows != 0)) return With((_words + 1) / 2, Any, among);
        if (_words < FewestToMissOne || Array.Exists(With(_words, Strong, among), rows => rows != 0)) return found;
        found.Join(With(_words - 1, Strong, among));
        return found;
    }

    public int Of(int row) => _points[row] + _besides[row];

    public ulong AtLeast(int word, int least)
    {
        var (at, less) = (word * Bits.OfWord, Vector512.Create((short)(least - 1)));
        var points = MemoryMarshal.Cast<ushort, Vector512<short>>(_points.AsSpan(at, Bits.OfWord));
        var (low, high) = Vector512.Widen(Vector512.Create(_besides.AsSpan(at, Bits.OfWord)));
        var isMore = Vector512.Narrow(Vector512.GreaterThan(points[0] + low.AsInt16(), less), Vector512.GreaterThan(points[1] + high.AsInt16(), less));
        return isMore.ExtractMostSignificantBits();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_best);
        ArrayPool<byte>.Shared.Return(_matched);
        ArrayPool<ushort>.Shared.Return(_points);
    }

    // What the arrays had of somebody else's query is never read.
    private static void Begin(Span<Vector<byte>> best, Span<Vector<byte>> matched, Span<Vector<ushort>> points)
    {
        for (var i = 0; i < best.Length; i++)
        {
            matched[i] = Counted(best[i]);
            Vector.Widen(best[i], out points[2 * i], out points[(2 * i) + 1]);
        }
    }

    private static void Add(Span<Vector<byte>> best, Span<Vector<byte>> matched, Span<Vector<ushort>> points)
    {
        for (var i = 0; i < best.Length; i++)
        {
            matched[i] += Counted(best[i]);
            Vector.Widen(best[i], out var low, out var high);
            points[2 * i] += low;
            points[(2 * i) + 1] += high;
        }
    }

    private static Vector<byte> Counted(Vector<byte> best) =>
        (Vector.GreaterThan(best, Vector<byte>.Zero) & new Vector<byte>(Any)) | (Vector.GreaterThan(best, new Vector<byte>(Worth.Said)) & new Vector<byte>(Strong));

    // Words of a strength: of any that are found the others' count is not looked at.
    private ulong[] With(int words, byte strength, ulong[] among)
    {
        var found = new ulong[among.Length];
        if (words == 0 || !_hasFound) return found;
        var matched = MemoryMarshal.Cast<byte, Vector512<byte>>(_matched.AsSpan(0, _room));
        var (least, counted) = (Vector512.Create((byte)(words * strength)), Vector512.Create((byte)(strength == Any ? Strong - 1 : byte.MaxValue)));
        for (var i = 0; i < found.Length; i++) found[i] = Vector512.GreaterThanOrEqual(matched[i] & counted, least).ExtractMostSignificantBits() & among[i];
        return found;
    }
}
