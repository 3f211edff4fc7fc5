using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>What is searched, at one moment.</summary>
internal sealed class SearchState : IDisposable
{
    /// <summary>Of the most popular title: as much as it adds, beside what a word of the query is worth.</summary>
    public const int MostPopularity = 60;

    private readonly ushort[] _lengths;
    private readonly byte[] _popularity;

    /// <param name="lengths">By row, see <see cref="NameLengths"/>; never written again.</param>
    public SearchState(CatalogSnapshot snapshot, TermReader terms, Vocabulary words, ushort[] lengths)
    {
        (Snapshot, Terms, Words, _lengths) = (snapshot, terms, words, lengths);
        _popularity = PopularityOf(snapshot);
    }

    public CatalogSnapshot Snapshot { get; }

    public TermReader Terms { get; }

    public Vocabulary Words { get; }

    public ushort LengthsOf(int row) => row < _lengths.Length ? _lengths[row] : (ushort)0;

    /// <summary>0..<see cref="MostPopularity"/>.</summary>
    public int PopularityOf(int row) => _popularity[row];

    public void Dispose() => Terms.Dispose();

    // Whole points, so that the same titles have the same order on each machine.
    private static byte[] PopularityOf(CatalogSnapshot snapshot)
    {
        var points = new byte[snapshot.Rows];
        var most = 0.0;
        for (var row = 0; row < points.Length; row++) most = Math.Max(most, snapshot[row]?.Popularity ?? 0);
        if (most <= 0) return points;
        for (var row = 0; row < points.Length; row++)
            points[row] = (byte)(MostPopularity * Math.Log(1 + (99 * Math.Max(0, snapshot[row]?.Popularity ?? 0) / most)) / Math.Log(100));
        return points;
    }
}
