using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>Ids of AdaptationSets. A player that reads the MPD again finds by them what it plays (ISO/IEC 23009-1, 5.3.3.2), so a set keeps
/// its id while ladders and text come and go beside it.</summary>
internal sealed class DashIds(PresentationView view)
{
    // Above all others: sets of pictures and sound are counted.
    private const int FirstText = 10_000;

    private readonly List<((VideoRange, VideoCodec), KeyUse)> _ladders = [.. view.Presentation.Video.Select(v => SetOf(view, v)).Distinct()];

    /// <summary>What shares a set, which has one key: a ladder, or the part of it that one key opens.</summary>
    public static ((VideoRange, VideoCodec) Ladder, KeyUse Key) SetOf(PresentationView view, VideoRendition video) =>
        (video.Ladder, view.Keys is null ? default : KeyUses.Of(video));

    public int Of(VideoRendition video) => _ladders.IndexOf(SetOf(view, video));

    /// <param name="place">Of the set among those of sound, which are all there from the beginning.</param>
    public int OfAudio(int place) => _ladders.Count + place;

    public int OfImages => _ladders.Count + view.Presentation.Audio.Count;

    /// <summary>Text has nothing else that stays but its name.</summary>
    public static int Of(TextRendition text) =>
        FirstText + (BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.Name))) & 0xFF_FFFF);
}
