using System.Globalization;

namespace FlickStream.Ingest.Inspection;

/// <summary>What is kept of the packets of one track while they go by.</summary>
internal sealed class PacketTimes
{
    // A day at 60 frames a second; times beyond are not kept, and the frames are still counted.
    private const int MaxTimes = 24 * 3600 * 60;

    // Seconds. The order of decoding never goes back in one recording, but muxers round.
    private const double Back = 2;

    // Packets that may be stored before one that is shown earlier: the fields of as many pictures as H.264 and HEVC hold back at most. It
    // is no matter of seconds, since a pause of the picture may lie between.
    private const int MostReordered = 2 * 16;

    private readonly Queue<double> _reordered = new();
    private double _decodedLast = double.NegativeInfinity;
    private double? _clock;
    private double _key;
    private long _keyFrame;
    private double _shownLast = double.NegativeInfinity;
    private double _settled = double.NegativeInfinity;

    /// <summary>Packets that are shown.</summary>
    public long Frames { get; private set; }

    /// <summary>When they are shown, seconds, in the order of decoding.</summary>
    public List<double> Shown { get; } = [];

    /// <summary>When they are decoded, seconds.</summary>
    public List<double> Decoded { get; } = [];

    /// <summary>When keyframes are decoded, seconds, some a second apart where there are more. Of pictures that share a packet's time it is that
    /// packet's.</summary>
    public List<double> Keyframes { get; } = [];

    /// <summary>The longest way from a keyframe to the next, or to the end, seconds.</summary>
    public double LongestGop { get; private set; }

    /// <summary>The most pictures from a keyframe to the next, or to the end.</summary>
    public long LongestGopFrames { get; private set; }

    /// <summary>How long at most a keyframe is stored before it is shown, seconds: long where one waits for the end of a pause.</summary>
    public double LongestDelay { get; private set; }

    /// <summary>How long the picture stays that is shown last, seconds; 0 where its packet does not say.</summary>
    public double LastStays { get; private set; }

    /// <summary>The clock went back, as where recordings were joined.</summary>
    public bool GoesBack { get; private set; }

    /// <param name="line">Of ffprobe: <c>pts_time,dts_time,duration_time,flags</c>.</param>
    public void Add(string line)
    {
        // The flag D marks a packet that an edit list hides.
        if (line.Split(',') is not [var shownAt, var decodedAt, var stays, var flags, ..] || flags.Contains('D', StringComparison.Ordinal)) return;
        Frames++;
        var (shown, decoded) = (Seconds(shownAt), Seconds(decodedAt));
        Follow(shown, decoded);
        Measure(shown, decoded, flags.Contains('K', StringComparison.Ordinal));
        if (shown >= _shownLast) (_shownLast, LastStays) = (shown.Value, Seconds(stays) ?? 0);
        if (Frames <= MaxTimes && decoded is { } decodingTime) Decoded.Add(decodingTime);
        if (Shown.Count < MaxTimes && shown is { } time) Shown.Add(time);
    }

    private void Follow(double? shown, double? decoded)
    {
        if (decoded is { } decodingTime)
        {
            GoesBack |= decodingTime < _decodedLast - Back;
            _decodedLast = Math.Max(_decodedLast, decodingTime);
        }

        if (shown is not { } time) return;
        GoesBack |= time < _settled - Back;
        if (_reordered.Count == MostReordered) _settled = Math.Max(_settled, _reordered.Dequeue());
        _reordered.Enqueue(time);
    }

    private void Measure(double? shown, double? decoded, bool isKey)
    {
        LongestGopFrames = Math.Max(LongestGopFrames, Frames - _keyFrame);
        if (isKey) _keyFrame = Frames;
        if (isKey && shown - decoded is { } delay) LongestDelay = Math.Max(LongestDelay, delay);
        if ((decoded ?? shown ?? _clock) is not { } clock) return;
        if (_clock is null) _key = clock;
        _clock = clock;
        LongestGop = Math.Max(LongestGop, clock - _key);
        if (!isKey) return;
        _key = clock;
        if (Keyframes is not [.., var last] || clock - last >= 1) Keyframes.Add(clock);
    }

    private static double? Seconds(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
