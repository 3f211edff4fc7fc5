using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Tracks of one channel each, as cameras and editors of broadcasters write them, put together to the mixes whose channels they are. What
/// says that it is something else (a title, a purpose, another language, another length) stays a track of its own. Pure.
/// </summary>
internal static partial class MonoTracks
{
    // Tracks of one recording end together, but for a frame of a codec.
    private const double Alike = 0.1;

    private const int Surround = 6;

    private static readonly string[][] Places = [["FL"], ["FR"], ["FC"], ["LFE"], ["BL", "SL"], ["BR", "SR"]];

    /// <param name="tracks">All of a file's.</param>
    /// <param name="container">ffprobe's format name.</param>
    public static IReadOnlyList<AudioReport> Join(IReadOnlyList<AudioReport> tracks, string container)
    {
        List<AudioReport> joined = [.. tracks];
        foreach (var group in tracks.Where(IsPlain).GroupBy(track => (track.Language, track.SampleRate, track.Codec)))
        {
            var first = group.First();
            List<AudioReport> monos = [.. group.Where(track => IsNear(track.StartSeconds, first.StartSeconds) && IsNear(track.DurationSeconds, first.DurationSeconds))];
            foreach (var count in Channels(monos.Count, container))
            {
                List<AudioReport> parts = [.. InOrder(monos[..count])];
                joined[joined.IndexOf(monos[0])] = parts[0] with
                {
                    StreamIndex = monos[0].StreamIndex,
                    Channels = count,
                    Layout = count == Surround ? "5.1" : "stereo",
                    IsDefault = parts.Exists(part => part.IsDefault),
                    Parts = [.. parts.Select(part => part.StreamIndex)],
                };
                joined.RemoveAll(monos[1..count].Contains);
                monos.RemoveRange(0, count);
            }
        }

        return joined;
    }

    public static bool IsPlain(AudioReport track) => track is { Channels: 1, Title: null, Role: AudioRole.Main };

    /// <summary>Six are 5.1. Eight are 5.1 and a stereo mix (SMPTE ST 320, ITU-R BR.1384), but in MXF pairs, of which the first is the complete
    /// mix (EBU R 48 and R 123); so is every other even number.</summary>
    private static IReadOnlyList<int> Channels(int monos, string container) => monos switch
    {
        Surround => [Surround],
        8 when !container.StartsWith("mxf", StringComparison.Ordinal) => [Surround, 2],
        _ when monos % 2 == 0 => [.. Enumerable.Repeat(2, monos / 2)],
        _ => [],
    };

    /// <summary>By their labels where those tell all apart; else as they come: left, right, centre, LFE, left and right surround.</summary>
    private static IEnumerable<AudioReport> InOrder(List<AudioReport> parts) =>
        parts.DistinctBy(PlaceOf).Count() == parts.Count && parts.TrueForAll(part => PlaceOf(part) >= 0) ? parts.OrderBy(PlaceOf) : parts;

    // ffmpeg calls a lone centre mono.
    private static int PlaceOf(AudioReport part) => part.Layout == "mono"
        ? 2 : Array.FindIndex(Places, names => names.Contains(Label().Match(part.Layout ?? "").Groups[1].Value));

    private static bool IsNear(double one, double other) => Math.Abs(one - other) <= Alike;

    [GeneratedRegex(@"\(([A-Z]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
