using System.Buffers;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>What each row has of a query, counted word by word. Everything counted is whole, so that no order of adding matters.</summary>
internal sealed class Tally : IDisposable
{
    private readonly SearchState _state;
    private readonly byte[] _matched;
    private readonly ushort[] _points;
    private int _words;

    public Tally(SearchState state)
    {
        _state = state;
        (Best, _matched, _points) = (ArrayPool<byte>.Shared.Rent(Rows), ArrayPool<byte>.Shared.Rent(Rows), ArrayPool<ushort>.Shared.Rent(Rows));
        Best.AsSpan(0, Rows).Clear();
        _matched.AsSpan(0, Rows).Clear();
        _points.AsSpan(0, Rows).Clear();
    }

    /// <summary>By row: of the word that is being looked for.</summary>
    public byte[] Best { get; }

    private int Rows => _state.Snapshot.Rows;

    /// <summary>Adds what was found of a word.</summary>
    public void EndWord()
    {
        _words++;
        for (var row = 0; row < Rows; row++)
        {
            if (Best[row] == 0) continue;
            _matched[row]++;
            _points[row] += Best[row];
        }

        Best.AsSpan(0, Rows).Clear();
    }

    /// <summary>Rows of a set that have all words; where there are none, those that have half of them.</summary>
    public ulong[] Found(ulong[] among)
    {
        var found = With(_words, among);
        return _words < 2 || Array.Exists(found, rows => rows != 0) ? found : With((_words + 1) / 2, among);
    }

    public int PointsOf(int row) =>
        _points[row] + _state.PopularityOf(row) + (NameLengths.Beyond(_state.LengthsOf(row), _words) is { } beyond ? Worth.WholeName >> beyond : 0);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(Best);
        ArrayPool<byte>.Shared.Return(_matched);
        ArrayPool<ushort>.Shared.Return(_points);
    }

    private ulong[] With(int words, ulong[] among)
    {
        var found = new ulong[among.Length];
        if (words == 0) return found;
        for (var row = 0; row < Rows; row++)
            if (_matched[row] >= words) found[row >> 6] |= 1UL << (row & 63);
        for (var i = 0; i < found.Length; i++) found[i] &= among[i];
        return found;
    }
}
