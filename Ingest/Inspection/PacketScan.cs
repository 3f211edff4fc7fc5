using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>What all packets of the picture track say, where the container's header does not. Nothing is decoded.</summary>
/// <param name="Frames">Packets that are shown.</param>
/// <param name="Start">First presentation time, seconds.</param>
/// <param name="End">Last presentation time with its duration, seconds.</param>
/// <param name="Rate">The rate of the evenly spaced frames, or the average when they are not.</param>
/// <param name="IsEven">All but a few frames are one frame apart.</param>
/// <param name="MotionRate">Of uneven frames: the rate at which those of the fastest parts stay apart.</param>
/// <param name="HasJump">The clock leaps, as it does where recordings were joined.</param>
internal sealed record PacketScan(long Frames, double Start, double End, Rational Rate, bool IsEven, Rational? MotionRate, bool HasJump)
{
    // Longer than a still of a slide show; ffmpeg too takes ten seconds for a break.
    private const double Jump = 10;

    // Matroska rounds times to a millisecond, so a spacing is off by up to one, and by a little more in an odd muxer.
    private const double Rounding = 0.0021;

    /// <inheritdoc cref="Platform.Contracts.VideoReport.LeadSeconds"/>
    public double LeadSeconds { get; init; }

    /// <inheritdoc cref="Platform.Contracts.VideoReport.GopSeconds"/>
    public double GopSeconds { get; init; }

    /// <summary>Keyframes of MPEG's streams.</summary>
    public SeekPoints Seeks { get; init; } = SeekPoints.OfIndex;

    /// <summary>Null where there are too few.</summary>
    /// <param name="times">Of all packets.</param>
    /// <param name="header">The file's.</param>
    /// <param name="isSoughtByBytes">Whether seeks land anywhere, and the clock may jump.</param>
    /// <param name="isRefreshed">A picture is whole only a way behind its keyframe, at most as far as the next.</param>
    public static PacketScan? Of(PacketTimes times, FfprobeHeader header, bool isSoughtByBytes, bool isRefreshed)
    {
        // Matroska's index has the times at which keyframes are shown, and all others those at which they are decoded.
        var isSoughtAsShown = header.Format?.FormatName?.StartsWith("matroska", StringComparison.Ordinal) is true;
        return Of(times.Frames, Whole(times.Shown, times.Decoded), isSoughtByBytes, times.GoesBack, times.LastStays) is { } scan
            ? scan with
            {
                LeadSeconds = (isSoughtAsShown ? 0 : times.LongestDelay) + (isSoughtByBytes ? times.LongestGop : 0) + (isRefreshed ? times.LongestGop : 0),
                GopSeconds = times.LongestGop,
                Seeks = isSoughtByBytes ? new SeekPoints([.. times.Keyframes.Select(time => time - (header.Format?.StartTime ?? 0))]) : SeekPoints.OfIndex,
            }
            : null;
    }

    /// <summary>Where several pictures share a packet of MPEG's programme stream only the first has its time. The order of decoding has them
    /// all, and once sorted it is that of showing, a little early.</summary>
    private static List<double> Whole(List<double> times, List<double> decoded)
    {
        if (times.Count == 0 || times.Count >= decoded.Count) return times;
        var late = times.Min() - decoded.Min();
        return [.. decoded.Select(time => time + late)];
    }

    /// <param name="frames">How many there are.</param>
    /// <param name="times">When they are shown, seconds, in any order.</param>
    /// <param name="hasClockOfItsOwn">A long gap can be a break of the clock, where elsewhere it is a picture that stays.</param>
    /// <param name="goesBack">The clock was seen to.</param>
    /// <param name="lastStays">What the last packet says of its own length, which an encoding of it keeps; a frame's where that is more.</param>
    internal static PacketScan? Of(long frames, List<double> times, bool hasClockOfItsOwn = false, bool goesBack = false, double lastStays = 0)
    {
        if (times.Count < 2) return null;
        times.Sort();
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        var median = gaps.Order().ElementAt(gaps.Count / 2);
        var even = gaps.Where(gap => Math.Abs(gap - median) <= Math.Max(Rounding, median / 10)).ToList();

        // One odd gap is allowed besides: muxers of fragments write one behind the first frame.
        var isEven = median > 0 && even.Count >= (gaps.Count * 0.99) - 1;
        var span = times[^1] - times[0];
        if (span <= 0) return null;
        var rate = FrameRates.Of(isEven ? even.Count / even.Sum() : gaps.Count / span);
        return new PacketScan(
            frames,
            // That odd gap makes the first frame early: the others tell when it was meant.
            isEven && gaps[0] > 1.2 * median && gaps[0] < 1.8 * median ? times[1] - median : times[0],
            times[^1] + Math.Max(lastStays, rate.Inverse.Value),
            rate,
            isEven,
            isEven ? null : FrameRates.OfMotion(gaps),
            goesBack || (hasClockOfItsOwn && gaps.Exists(gap => gap > Jump)));
    }
}
