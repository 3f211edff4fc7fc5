using FlickStream.Platform.Contracts;
using FlickStream.Platform.Languages;

namespace FlickStream.Transcoder.Planning;

/// <summary>One sound rendition and the track it is made from.</summary>
/// <param name="StreamIndex">ffmpeg's absolute stream index.</param>
/// <param name="StartSeconds">The track's first sample, after the file's start.</param>
/// <param name="Rendition">What it becomes.</param>
internal sealed record AudioPlan(int StreamIndex, double StartSeconds, AudioRendition Rendition)
{
    public const int SampleRate = 48_000;
    private const string AacLowComplexity = "mp4a.40.2";
    private const int Surround = 6;

    /// <summary>Two renditions a track: a good one of at most two channels, and a small mono one for the variant that must fit 192 kb/s in
    /// all; a track with sound around has a third that keeps it as 5.1.</summary>
    public static IReadOnlyList<AudioPlan> For(MediaReport media, PlanningOptions options)
    {
        var plans = new List<AudioPlan>();
        var titles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tracks = Offered(media, options);
        var first = FirstOf(tracks);
        foreach (var (i, track) in tracks.Index())
        {
            var number = i + 1;
            // Reports of earlier versions hold the master's own tag.
            var language = LanguageTags.Shortest(track.Language);
            var title = track.Title ?? TitleOf(language, track.Role) ?? $"Audio {number}";
            // Players tell alternatives of a group apart by their names alone (RFC 8216, 4.3.4.1.1).
            if (!titles.Add(title)) titles.Add(title = $"{title} {number}");
            var mono = track.Channels == 1;
            plans.Add(Make("audio-128k", $"a{number}-128k", mono ? 1 : 2, mono ? 64_000 : 128_000));
            plans.Add(Make("audio-40k", $"a{number}-40k", 1, 40_000));
            if (SoundMix.IsSurround(track)) plans.Add(Make("audio-384k", $"a{number}-384k", Surround, 384_000));

            AudioPlan Make(string group, string name, int channels, int rate) => new(
                track.StreamIndex,
                track.StartSeconds,
                new AudioRendition(name, group, language, title, track == first, channels, SampleRate, AacLowComplexity, rate)
                {
                    Track = number,
                    Role = track.Role,
                });
        }

        return plans;
    }

    /// <summary>Those of the master's tracks that are encoded, in file order: its first ones, and the one to play first wherever it is.</summary>
    public static IReadOnlyList<AudioReport> Offered(MediaReport media, PlanningOptions options)
    {
        // Without any, sound alone would be nothing.
        var most = media.Video is null ? Math.Max(1, options.MaxAudioTracks) : options.MaxAudioTracks;
        if (media.Audio.Count <= most || most == 0) return [.. media.Audio.Take(most)];
        var first = FirstOf(media.Audio);
        return [.. media.Audio.Where(track => track != first).Take(most - 1).Append(first!).OrderBy(track => track.StreamIndex)];
    }

    /// <summary>The track to play first: the one that the master marks. Where it marks several (QuickTime marks all that are enabled,
    /// Matroska all by default) or none, the first of them that is not there for a few viewers only.</summary>
    public static AudioReport? FirstOf(IReadOnlyList<AudioReport> tracks)
    {
        IReadOnlyList<AudioReport> marked = [.. tracks.Where(track => track.IsDefault)];
        return marked.Count == 1 ? marked[0] : marked.FirstOrDefault(IsForAll) ?? tracks.FirstOrDefault(IsForAll) ?? tracks.ElementAtOrDefault(0);
    }

    private static bool IsForAll(AudioReport track) => track.Role is AudioRole.Main or AudioRole.Dub;

    private static string? TitleOf(string? language, AudioRole role)
    {
        var name = language is null ? null : LanguageTags.NameOf(language) ?? language;
        return role switch
        {
            AudioRole.Commentary => name is null ? "Commentary" : $"{name} (commentary)",
            AudioRole.Description => name is null ? "Audio description" : $"{name} (audio description)",
            AudioRole.ClearSpeech => name is null ? "Clear speech" : $"{name} (clear speech)",
            _ => name,
        };
    }
}
