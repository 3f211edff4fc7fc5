using FlickStream.Origin.Presentations;

namespace FlickStream.Origin.Manifests;

/// <param name="Peak">Bits a second, as RFC 8216 4.3.4.2 defines the peak segment bit rate.</param>
/// <param name="Average">Bits a second over all.</param>
internal readonly record struct BitRates(long Peak, long Average)
{
    public static BitRates operator +(BitRates a, BitRates b) => new(a.Peak + b.Peak, a.Average + b.Average);

    /// <summary>Of the first <paramref name="count"/> segments.</summary>
    public static BitRates OfSegments(Track track, int count, int targetDuration)
    {
        var spans = new (long Bytes, long Ticks)[count];
        for (var i = 0; i < count; i++) spans[i] = (track.Segments[i].Bytes, track.Segments[i].Ticks);
        return Of(spans, track.Timescale, targetDuration);
    }

    /// <summary>Of an I-frame playlist over the first <paramref name="count"/> segments.</summary>
    public static BitRates OfIFrames(Track track, int count, int targetDuration)
    {
        var iframes = 0;
        for (var i = 0; i < count; i++) iframes += track.Segments[i].IFrames;
        var spans = new (long Bytes, long Ticks)[iframes];
        for (var i = 0; i < iframes; i++) spans[i] = (track.IFrames[i].Length, track.IFrames[i].Ticks);
        return Of(spans, track.Timescale, targetDuration);
    }

    /// <summary>The peak is the largest rate of any contiguous set of segments that lasts 0.5 to 1.5 target durations, so a very short last
    /// segment counts only together with the one before it.</summary>
    private static BitRates Of(ReadOnlySpan<(long Bytes, long Ticks)> spans, int timescale, int targetDuration)
    {
        if (spans.Length == 0) return default;
        long bytes = 0, ticks = 0;
        foreach (var span in spans)
        {
            bytes += span.Bytes;
            ticks += span.Ticks;
        }

        var target = (long)targetDuration * timescale;
        long peak = 0;
        for (var from = 0; from < spans.Length; from++)
        {
            long setBytes = 0, setTicks = 0;
            for (var to = from; to < spans.Length; to++)
            {
                setBytes += spans[to].Bytes;
                setTicks += spans[to].Ticks;
                if (setTicks * 2 > target * 3) break;
                if (setTicks * 2 >= target) peak = Math.Max(peak, PerSecond(setBytes, setTicks, timescale));
            }
        }

        var average = PerSecond(bytes, ticks, timescale);
        return new BitRates(Math.Max(peak, average), average);
    }

    private static long PerSecond(long bytes, long ticks, int timescale) =>
        ticks == 0 ? 0 : (long)Int128.Min(long.MaxValue, ((((Int128)bytes * 8 * timescale) + ticks - 1) / ticks));
}
