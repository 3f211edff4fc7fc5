using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>What the manifests declare as bandwidth: measured once everything exists; before that at least the encoder's caps, because
/// the busiest scene may be still to come.</summary>
internal static class VariantRates
{
    public static BitRates OfVideo(PresentationView view, OfferedRung rung)
    {
        var measured = BitRates.OfSegments(rung.Track, view.VideoSegments, TargetDuration.Of(view));
        return view.IsWhole ? measured : AtLeast(rung.Video.BitsPerSecond, measured);
    }

    public static BitRates OfAudio(PresentationView view, AudioRendition audio, Track track)
    {
        var measured = BitRates.OfSegments(track, track.Count, TargetDuration.Of(view));
        return view.IsWhole ? measured : AtLeast(audio.BitsPerSecond, measured);
    }

    /// <summary>The dearest of a group's tracks, which is what BANDWIDTH must allow for.</summary>
    public static BitRates OfGroup(PresentationView view, string? group)
    {
        BitRates most = default;
        foreach (var track in group is null ? [] : AudioTracks.Of(view))
        {
            var (audio, segments) = track.In(group!);
            var rates = OfAudio(view, audio, segments);
            most = new BitRates(Math.Max(most.Peak, rates.Peak), Math.Max(most.Average, rates.Average));
        }

        return most;
    }

    private static BitRates AtLeast(long cap, BitRates measured) => measured with { Peak = Math.Max(cap, measured.Peak) };
}
