namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>Since when titles are watched.</summary>
/// <param name="Ages">Of each title, days before <paramref name="Latest"/> when somebody first began it; <see cref="Never"/> where nobody has watched it.</param>
/// <param name="Latest">When anybody watched anything last.</param>
internal sealed record FirstWatched(float[] Ages, DateTimeOffset Latest)
{
    public const float Never = -1;

    // A title is there for a while before anybody begins it.
    private const float There = 1;

    public float AgeOf(DateTimeOffset at) => (float)(Latest - at).TotalDays;

    /// <summary>For how many days a title had been watched by then; null where that is not known.</summary>
    /// <param name="age">Days before <see cref="Latest"/>.</param>
    public float? SinceAt(int title, float age) => Ages[title] < 0 ? null : Math.Max(0, Ages[title] - age);

    /// <summary>Whether a title may have been there by then: nobody could choose what came later.</summary>
    /// <param name="age">Days before <see cref="Latest"/>.</param>
    public bool WasThere(int title, float age) => Ages[title] < 0 || Ages[title] >= age - There;
}
