namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>When somebody asks, and in which circumstances.</summary>
/// <param name="Age">Days before the latest that the model was made of, below 0 for what was asked since; null where no times are known.</param>
/// <param name="LastAge">Likewise when the viewer had watched something last; null too of one that has watched nothing.</param>
internal readonly record struct Occasion(Moment Moment, float? Age = null, float? LastAge = null)
{
    /// <summary>Days since the viewer had watched something last; null where that is not known.</summary>
    public float? Idle => LastAge - Age is { } days ? Math.Max(0, days) : null;

    /// <param name="first">Of the model.</param>
    /// <param name="now">When it is asked.</param>
    /// <param name="last">When the viewer had watched something last; null for never.</param>
    public static Occasion At(FirstWatched? first, Moment moment, DateTimeOffset now, DateTimeOffset? last) =>
        first is null ? new(moment) : new(moment, first.AgeOf(now), last is { } at ? first.AgeOf(at) : null);
}
