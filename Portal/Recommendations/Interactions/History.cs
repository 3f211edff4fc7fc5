namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>What a viewer watched, the latest last, each title once.</summary>
/// <param name="Titles">Indexes of titles.</param>
/// <param name="Weights">How much each tells of the viewer's taste, above 0, 1 for a title that was watched whole.</param>
internal readonly record struct History(ReadOnlyMemory<int> Titles, ReadOnlyMemory<float> Weights)
{
    public static readonly History Empty = new(default, default);

    public int Length => Titles.Length;

    /// <summary>Of a title that comes twice the later place counts.</summary>
    public static History Of(ReadOnlySpan<int> titles)
    {
        var seen = new HashSet<int>(titles.Length);
        var kept = new List<int>(titles.Length);
        for (var at = titles.Length - 1; at >= 0; at--)
            if (seen.Add(titles[at])) kept.Add(titles[at]);
        kept.Reverse();
        var weights = new float[kept.Count];
        Array.Fill(weights, 1f);
        return new(kept.ToArray(), weights);
    }

    public History Last(int most) => Length <= most ? this : new(Titles[^most..], Weights[^most..]);

    public History First(int count) => new(Titles[..count], Weights[..count]);

    public History Without(int title)
    {
        var at = Titles.Span.IndexOf(title);
        return at < 0 ? this : new(WithoutPlace(Titles.Span, at), WithoutPlace(Weights.Span, at));
    }

    private static T[] WithoutPlace<T>(ReadOnlySpan<T> values, int at) => [.. values[..at], .. values[(at + 1)..]];
}
