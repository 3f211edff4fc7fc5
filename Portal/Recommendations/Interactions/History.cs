namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>What is known of a viewer: above all what was watched, the latest last, each title once.</summary>
/// <param name="Titles">Indexes of titles: first those that are only wished for, then those watched.</param>
/// <param name="Weights">How much each tells of the viewer's taste, above 0, 1 for a title that was watched whole.</param>
internal readonly record struct History(ReadOnlyMemory<int> Titles, ReadOnlyMemory<float> Weights)
{
    public static readonly History Empty = new(default, default);

    public int Length => Titles.Length;

    /// <summary>How many of the first are only wished for: they speak for what is like them, and may be recommended themselves.</summary>
    public int Wished { get; init; }

    /// <summary>Seen, and of no pleasure: they speak against what is like them.</summary>
    public ReadOnlyMemory<int> Disliked { get; init; }

    /// <summary>What does not come again, besides: it says nothing, as that was long ago or of no interest.</summary>
    public ReadOnlyMemory<int> Past { get; init; }

    /// <summary>What the viewer says of itself; null for nothing.</summary>
    public StatedTaste? Stated { get; init; }

    public ReadOnlyMemory<int> Seen => Titles[Wished..];

    /// <summary>How many titles are known, each as much as it tells.</summary>
    public float Amount
    {
        get
        {
            var sum = 0f;
            foreach (var weight in Weights.Span) sum += Math.Min(1, weight);
            return sum;
        }
    }

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

    public History Last(int most) => Length <= most ? this
        : this with { Titles = Titles[^most..], Weights = Weights[^most..], Wished = Math.Max(0, Wished - (Length - most)) };

    public History First(int count) => this with { Titles = Titles[..count], Weights = Weights[..count], Wished = Math.Min(Wished, count) };

    public History Without(int title)
    {
        var at = Titles.Span.IndexOf(title);
        return at < 0 ? this : this with
        {
            Titles = WithoutPlace(Titles.Span, at), Weights = WithoutPlace(Weights.Span, at), Wished = at < Wished ? Wished - 1 : Wished,
        };
    }

    /// <summary>Puts what does not come again behind all others.</summary>
    /// <param name="scores">One a title.</param>
    public void Hide(Span<float> scores)
    {
        foreach (var titles in new[] { Seen, Disliked, Past })
            foreach (var title in titles.Span) scores[title] = float.NegativeInfinity;
    }

    private static T[] WithoutPlace<T>(ReadOnlySpan<T> values, int at) => [.. values[..at], .. values[(at + 1)..]];
}
