namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>The titles that were watched most, for which weights between all pairs can be computed exactly.</summary>
internal sealed class Head
{
    private readonly int[] _places;

    private Head(int[] titles, int[] places) => (Titles, _places) = (titles, places);

    /// <summary>The index of each, the most watched first.</summary>
    public int[] Titles { get; }

    public int Size => Titles.Length;

    public static Head Of(int[] counts, int most)
    {
        var titles = Enumerable.Range(0, counts.Length).Where(title => counts[title] > 0).OrderByDescending(title => counts[title]).Take(most).ToArray();
        var places = new int[counts.Length];
        Array.Fill(places, -1);
        for (var place = 0; place < titles.Length; place++) places[titles[place]] = place;
        return new(titles, places);
    }

    /// <summary>-1 of a title of the tail.</summary>
    public int PlaceOf(int title) => _places[title];
}
