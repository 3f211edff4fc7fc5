namespace FlickStream.Portal.Reviews.Moderation;

/// <summary>Where moderators look for reviews.</summary>
internal static class Queues
{
    /// <summary>Not read by anybody until one of them decides.</summary>
    public const string Held = "held";

    /// <summary>Read still, and reported since the last decision.</summary>
    public const string Reported = "reported";

    public const string Removed = "removed";

    /// <summary>All the others.</summary>
    public const string Shown = "shown";

    public static IReadOnlyList<string> All { get; } = [Held, Reported, Removed, Shown];
}
