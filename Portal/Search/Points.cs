namespace FlickStream.Portal.Search;

/// <summary>What rows are worth.</summary>
internal interface IPoints
{
    int Of(int row);

    /// <summary>A bit for each of the 64 rows of a set's word, of which only those may be clear that are worth less.</summary>
    ulong AtLeast(int word, int least);
}

/// <param name="points">By row.</param>
internal sealed class Points(int[] points) : IPoints
{
    public int Of(int row) => points[row];

    public ulong AtLeast(int word, int least) => ulong.MaxValue;
}
