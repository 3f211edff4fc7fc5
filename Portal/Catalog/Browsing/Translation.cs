namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Which of the languages there are is shown to somebody who wants another: the wanted one, it without its region, it in another
/// region, and in the end the original.</summary>
internal static class Translation
{
    /// <param name="there">What there is.</param>
    /// <param name="original">One of them, or what is given back when none fits.</param>
    /// <param name="wanted">Null: no wish.</param>
    public static string Choose(IEnumerable<string> there, string original, string? wanted)
    {
        if (wanted is null) return original;
        string? near = null;
        foreach (var language in there)
        {
            if (language == wanted) return language;
            if (!BaseOf(language).SequenceEqual(BaseOf(wanted))) continue;
            if (near is null || BaseOf(wanted).SequenceEqual(language)) near = language;
        }

        return near ?? original;
    }

    private static ReadOnlySpan<char> BaseOf(string language) => language.IndexOf('-') is var end and >= 0 ? language.AsSpan(0, end) : language;
}
