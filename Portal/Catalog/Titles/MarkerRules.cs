namespace FlickStream.Portal.Catalog.Titles;

/// <summary>Whether marks can be those of a title.</summary>
internal static class MarkerRules
{
    // Longer than any title; beyond it numbers only do harm.
    private const double Longest = 7 * 24 * 3600;

    public static Refusal? Refuse(TitleContent said)
    {
        if (said.Markers is not { Intro: var intro, Credits: var credits } || (intro ?? credits) is null) return null;
        return Kinds.IsPlayed(said.Kind!) && IsFine(intro, needsEnd: true) && IsFine(credits, needsEnd: false)
            && (intro is null || credits is null || intro.EndSeconds <= credits.StartSeconds) ? null : new(TitleProblems.MarkersInvalid);
    }

    /// <summary>Null where nothing is marked.</summary>
    public static TitleMarkers? Tidy(TitleMarkers? markers) => markers is null or { Intro: null, Credits: null } ? null : markers;

    /// <summary>Whether they lie within what is played.</summary>
    /// <param name="markers">As <see cref="Refuse"/> lets them through.</param>
    /// <param name="seconds">Of the asset; null where it is not known yet.</param>
    public static bool Fit(TitleMarkers? markers, double? seconds) =>
        seconds is null || (!(markers?.Intro?.EndSeconds > seconds) && !(markers?.Credits?.StartSeconds >= seconds) && !(markers?.Credits?.EndSeconds > seconds));

    private static bool IsFine(Marker? marker, bool needsEnd) =>
        marker is null || (marker.StartSeconds is >= 0 and <= Longest && (marker.EndSeconds is { } end ? end > marker.StartSeconds && end <= Longest : !needsEnd));
}
