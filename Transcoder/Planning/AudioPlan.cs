using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>One sound rendition and the track it is made from.</summary>
/// <param name="StreamIndex">ffmpeg's absolute stream index.</param>
/// <param name="StartSeconds">The track's first sample, after the file's start.</param>
/// <param name="Rendition">What it becomes.</param>
internal sealed record AudioPlan(int StreamIndex, double StartSeconds, AudioRendition Rendition)
{
    public const int SampleRate = 48_000;
    private const string AacLowComplexity = "mp4a.40.2";

    /// <summary>Two renditions a track: a good one, and a small mono one for the variant that must fit 192 kb/s in all.</summary>
    public static IReadOnlyList<AudioPlan> For(MediaReport media, PlanningOptions options)
    {
        var plans = new List<AudioPlan>();
        var titles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, track) in media.Audio.Take(options.MaxAudioTracks).Index())
        {
            var number = i + 1;
            var title = track.Title ?? track.Language ?? $"Audio {number}";
            // Players tell alternatives of a group apart by their names alone (RFC 8216, 4.3.4.1.1).
            if (!titles.Add(title)) titles.Add(title = $"{title} {number}");
            var mono = track.Channels == 1;
            plans.Add(Make("audio-128k", $"a{number}-128k", mono ? 1 : 2, mono ? 64_000 : 128_000));
            plans.Add(Make("audio-40k", $"a{number}-40k", 1, 40_000));

            AudioPlan Make(string group, string name, int channels, int rate) => new(
                track.StreamIndex,
                track.StartSeconds,
                new AudioRendition(name, group, track.Language, title, i == 0, channels, SampleRate, AacLowComplexity, rate));
        }

        return plans;
    }
}
