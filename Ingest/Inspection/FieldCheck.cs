using System.Globalization;
using FlickStream.Platform.Media;
using FlickStream.Platform.Numbers;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>How the frames of a master came about, which headers often get wrong.</summary>
internal enum FieldKind
{
    /// <summary>Whole frames, though they may be coded as fields.</summary>
    Progressive,

    /// <summary>Two fields a frame, of different times.</summary>
    Interlaced,

    /// <summary>Film at 24000/1001 spread over fields, or over frames of 60000/1001, by 3:2 pulldown.</summary>
    Telecined,
}

/// <summary>Looks at a few stretches of decoded picture for fields of different times and for repeated ones.</summary>
internal sealed class FieldCheck(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Twelve cycles of 3:2 pulldown.
    private const int FramesAStretch = 60;

    // No format of more lines is interlaced, and decoding it is what costs.
    private const int MostLines = 1152;

    // Seconds from which a title is looked at in several places: what is joined is longer than this, and small pictures cost little.
    private const double LongSeconds = 20;
    private const double CheapSeconds = 6;
    private const int CheapLines = 576;

    private static readonly double[] Parts = [0.1, 0.45, 0.8];

    // A broadcast of film has advertisements every quarter of an hour, and 36 of 60 frames a second of theirs would be lost.
    private const double SecondsAPart = 300;
    private const int MostParts = 24;

    /// <summary>Whether it has to be looked at: nothing is interlaced at the rate of film, unless it says so.</summary>
    public static bool Looks(FfprobeStream video, bool isMarked) =>
        video.Height <= MostLines && ((RateOf(video).Value is <= 31 and var rate && rate >= (isMarked ? 10 : 24.5)) || MayRepeat(video, isMarked));

    /// <summary>Whole frames at the rate at which 720p carries film.</summary>
    private static bool MayRepeat(FfprobeStream video, bool isMarked) => !isMarked && FrameRates.Near(RateOf(video), new Rational(60000, 1001), 0.0005)
        && Rational.TryParse(video.RFrameRate) is { Numerator: > 0 } finest && FrameRates.Near(finest, RateOf(video), 0.0005);

    /// <param name="isMarked">The container or the frames themselves say that they are fields.</param>
    public async Task<(FieldKind Kind, bool IsBottomFirst)> RunAsync(
        string path, FfprobeHeader header, FfprobeStream video, bool isMarked, SeekPoints seeks, CancellationToken ct)
    {
        var rate = RateOf(video);
        if (!Looks(video, isMarked)) return (FieldKind.Progressive, false);
        var duration = video.Duration ?? header.Format?.Duration ?? 0;
        var starts = duration > (video.Height <= CheapLines ? CheapSeconds : LongSeconds) ? Parts.Select(part => seeks.Before(part * duration)).Distinct().ToList() : [0];
        Task<string[]> OfAll(string filters) => Task.WhenAll(starts.Select(start => PrintAsync(path, video, start, filters, ct)));

        if (MayRepeat(video, isMarked)) return (await OfRepeatsAsync(path, video, starts, duration, seeks, ct), false);
        var isPulldownRate = FrameRates.Near(rate, new Rational(30000, 1001), 0.002);
        var stretches = (await OfAll("idet,scdet")).Select(Stretch.Parse).ToList();
        var kinds = stretches.Select(stretch => FieldVote.Of(stretch, isMarked, isPulldownRate)).ToList();
        if (FieldVote.Of(kinds, isMarked) == FieldKind.Interlaced)
        {
            var steps = await OfAll($"setfield={(IsBottomFirst(FieldKind.Interlaced) ? "bff" : "tff")},separatefields,scdet");
            for (var i = 0; i < kinds.Count; i++)
            {
                if (kinds[i] is null or FieldKind.Interlaced && FieldVote.AreWhole(Stretch.Steps(steps[i]), isMarked)) kinds[i] = FieldKind.Progressive;
            }
        }

        var kind = FieldVote.Of(kinds, isMarked);
        return (kind, kind != FieldKind.Progressive && IsBottomFirst(kind));
        bool IsBottomFirst(FieldKind made) => FieldVote.IsBottomFirst(stretches.Where((_, i) => !kinds.Contains(made) || kinds[i] == made));
    }

    /// <summary>What the first stretches take for film is looked at all along, a few at a time, until one speaks against it.</summary>
    private async Task<FieldKind> OfRepeatsAsync(
        string path, FfprobeStream video, List<double> starts, double duration, SeekPoints seeks, CancellationToken ct)
    {
        var kind = FieldKind.Progressive;
        var kinds = new List<FieldKind?>();
        foreach (var several in starts.Concat(Further(duration).Select(seeks.Before).Except(starts)).Chunk(Parts.Length))
        {
            var printed = await Task.WhenAll(several.Select(start => PrintAsync(path, video, start, "scdet", ct)));
            kinds.AddRange(printed.Select(steps => FieldVote.OfSteps(Stretch.Steps(steps))));
            kind = FieldVote.OfRepeats(kinds);
            if (kind != FieldKind.Telecined) break;
        }

        return kind;
    }

    /// <summary>Seconds of a long title, evenly.</summary>
    internal static IEnumerable<double> Further(double duration)
    {
        var count = (int)Math.Min(duration / SecondsAPart, MostParts);
        return Enumerable.Range(0, count).Select(i => (i + 0.5) / count * duration);
    }

    private static Rational RateOf(FfprobeStream video) =>
        Rational.TryParse(video.AvgFrameRate) is { Numerator: > 0 } average ? average : 0;

    private async Task<string> PrintAsync(string path, FfprobeStream video, double start, string filters, CancellationToken ct)
    {
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments =
                [
                    // A picture that is turned has its fields side by side.
                    "-v", "error", "-threads", "1", "-noautorotate",
                    .. start > 0 ? (string[])["-noaccurate_seek", "-ss", start.ToString("0.###", CultureInfo.InvariantCulture)] : [],
                    .. MediaGuards.InputArguments, "-i", path,
                    "-map", $"0:{video.Index}",
                    "-vf", $"trim=end_frame={FramesAStretch},{Blanking.Cut(Blanking.LinesAbove(video))}{filters},metadata=print:file=-", "-f", "null", "-",
                ],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
            },
            ct);
        return outcome.Output;
    }
}

/// <summary>Frames of a stretch, as the filters idet and scdet count them.</summary>
/// <param name="Moving">Frames that differ from the one before.</param>
/// <param name="RepeatedTop">Frames whose top field repeats that of the frame before.</param>
internal sealed record Stretch(
    int Frames, int Moving, int TopFirst, int BottomFirst, int Progressive, int RepeatedTop, int RepeatedBottom)
{
    // Mean absolute difference, of 100, above the noise of a camera that stands still.
    private const double Motion = 0.2;

    public static Stretch Parse(string printed)
    {
        var (frames, moving) = (0, 0);
        Dictionary<string, int> counts = [];
        foreach (var line in printed.Split('\n'))
        {
            if (line.StartsWith("frame:", StringComparison.Ordinal)) frames++;
            else if (Value(line, "lavfi.scd.mafd=") is > Motion) moving++;
            // idet's counts add up from frame to frame.
            else if (line.Split('=') is [var key, _] && Value(line, key + "=") is { } count) counts[key] = (int)count;
        }

        int Count(string name) => counts.GetValueOrDefault("lavfi.idet." + name);
        return new Stretch(
            frames, moving, Count("single.tff"), Count("single.bff"), Count("single.progressive"), Count("repeated.top"), Count("repeated.bottom"));
    }

    /// <summary>Differences between neighbours, in order.</summary>
    public static IReadOnlyList<double> Steps(string printed) =>
        [.. printed.Split('\n').Select(line => Value(line, "lavfi.scd.mafd=")).OfType<double>()];

    private static double? Value(string line, string start) => line.StartsWith(start, StringComparison.Ordinal)
        && double.TryParse(line.AsSpan(start.Length), CultureInfo.InvariantCulture, out var value) ? value : null;
}
