namespace FlickStream.Ingest.Inspection;

/// <summary>Where a reader that looks at a stretch of picture begins, so that it decodes from its first packet on.</summary>
/// <param name="Seconds">Of keyframes after the file's start, in order; empty where the container finds them itself.</param>
internal sealed record SeekPoints(IReadOnlyList<double> Seconds)
{
    public static readonly SeekPoints OfIndex = new([]);

    /// <summary>The last of them that is not later, or the file's start.</summary>
    /// <param name="seconds">After the file's start.</param>
    public double Before(double seconds) => Seconds.Count == 0 ? seconds : Math.Max(0, Seconds.LastOrDefault(point => point <= seconds));
}
