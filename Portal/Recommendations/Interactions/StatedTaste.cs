namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>What a viewer says that it likes: it lifts the popularity of such titles, less the more is known of what was watched.</summary>
/// <param name="matches">Of each title what of it is stated.</param>
internal sealed class StatedTaste(StatedMatch[] matches)
{
    // Modest, as people are not what they say: of titles of like fame those that were asked for come first, and a hit stays before what nobody watches.
    private const float GenreLift = 0.25f, LanguageLift = 0.25f;

    // Known titles at which the lift has fallen to half.
    private const float Half = 3;

    /// <param name="title">Its index.</param>
    /// <param name="amount">Of <see cref="History.Amount"/>.</param>
    /// <returns>By what its popularity is multiplied, 1 for what is not stated.</returns>
    public float LiftOf(int title, float amount) => 1 + (Whole(matches[title]) * Half / (Half + amount));

    private static float Whole(StatedMatch match) =>
        (match.HasFlag(StatedMatch.Genre) ? GenreLift : 0) + (match.HasFlag(StatedMatch.Language) ? LanguageLift : 0);
}

[Flags]
internal enum StatedMatch : byte
{
    None = 0,
    Genre = 1,
    Language = 2,
}
