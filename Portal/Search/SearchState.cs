using System.Collections.Concurrent;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>What is searched, at one moment.</summary>
internal sealed class SearchState : IDisposable
{
    /// <summary>Of the most popular title: as much as it adds, beside what a word of the query is worth.</summary>
    public const int MostPopularity = 60;

    // Popularity is a logarithm to the base 2 already, so that one less is watched half as much.
    private const int HalfAsMuch = 4;

    // Of whatever was ever watched, however long ago.
    private const int LeastPopularity = 4;

    private static int _last;

    private readonly ConcurrentDictionary<int, byte[]> _besides = new();
    private readonly ushort[] _lengths;
    private readonly double _most;
    private readonly byte[] _popularity;

    /// <param name="lengths">By row, see <see cref="NameLengths"/>; never written again.</param>
    /// <param name="before">The state before it, of which what did not change is taken over.</param>
    public SearchState(CatalogSnapshot snapshot, TermReader terms, Vocabulary words, ushort[] lengths, SearchState? before)
        : this(snapshot, snapshot, terms, words, lengths, before)
    {
    }

    private SearchState(CatalogSnapshot snapshot, CatalogSnapshot indexed, TermReader terms, Vocabulary words, ushort[] lengths, SearchState? before)
    {
        (Snapshot, Indexed, Terms, Words, _lengths, _most) = (snapshot, indexed, terms, words, lengths, MostOf(snapshot));
        _popularity = PointsOf(snapshot, _most, before);
    }

    /// <summary>Another one for each state.</summary>
    public int Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>Whose titles are shown.</summary>
    public CatalogSnapshot Snapshot { get; }

    /// <summary>Whose words are found: the same, or one before it.</summary>
    public CatalogSnapshot Indexed { get; }

    public TermReader Terms { get; }

    public Vocabulary Words { get; }

    /// <summary>By row: what is added to what so many words are worth. Not to be written to; there is room for whole vectors.</summary>
    public byte[] BesidesWords(int words) => _besides.GetOrAdd(words, static (words, state) => state.Besides(words), this);

    /// <summary>The words as they are, of a later snapshot: what it shows no more is not found, and what it shows otherwise is shown so. To be disposed of in
    /// place of this one.</summary>
    public SearchState Of(CatalogSnapshot snapshot) => new(snapshot, Indexed, Terms, Words, _lengths, this);

    public void Dispose() => Terms.Dispose();

    private byte[] Besides(int words)
    {
        var points = new byte[Bits.None(Snapshot.Rows).Length * Bits.OfWord];
        _popularity.CopyTo(points, 0);
        for (var row = 0; row < _lengths.Length; row++)
            if (NameLengths.Beyond(_lengths[row], words) is { } beyond) points[row] += (byte)(Worth.WholeName >> beyond);
        return points;
    }

    // Whole points, so that the same titles have the same order on each machine.
    private static byte[] PointsOf(CatalogSnapshot snapshot, double most, SearchState? before)
    {
        var points = new byte[snapshot.Rows];
        if (most <= 0) return points;
        // A change moves few rows, and rarely the most popular one.
        var known = before?._most == most ? before : null;
        for (var row = 0; row < points.Length; row++)
        {
            if (row < known?._popularity.Length && ReferenceEquals(known.Snapshot[row], snapshot[row])) points[row] = known._popularity[row];
            else if (snapshot[row] is { } title) points[row] = PointsOf(title.Popularity, most);
        }

        return points;
    }

    private static byte PointsOf(double popularity, double most) =>
        popularity <= 0 ? (byte)0 : (byte)Math.Max(LeastPopularity, Math.Round(MostPopularity - (HalfAsMuch * (most - popularity))));

    private static double MostOf(CatalogSnapshot snapshot)
    {
        var most = 0.0;
        for (var row = 0; row < snapshot.Rows; row++) most = Math.Max(most, snapshot[row]?.Popularity ?? 0);
        return most;
    }
}
