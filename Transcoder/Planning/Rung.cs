using System.Text.Json.Serialization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>One picture size of one ladder.</summary>
/// <param name="Name">Rendition name: <c>v1080</c> by the shorter side, and what tells its ladder from H.264's, such as
/// <c>v1080-hevc</c>; the next of the same size is <c>v1080-2</c>.</param>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="MaxBitsPerSecond">Rate at which the decoder's buffer fills.</param>
/// <param name="BufferBits">Size of that buffer.</param>
/// <param name="Level">H.264 level times ten; 0 for codecs whose encoders choose by the same limits themselves.</param>
internal sealed record Rung(string Name, int Width, int Height, int MaxBitsPerSecond, int BufferBits, int Level)
{
    /// <summary>The encoder's quality target; null: the options'.</summary>
    public double? Quality { get; init; }

    public VideoCodec Codec { get; init; }

    public VideoRange Range { get; init; }

    /// <summary>What the encoder must declare, as RFC 6381 writes it: High profile (0x64), no constraint flags, the level; null where any
    /// of the codec's will do.</summary>
    [JsonIgnore]
    public string? ExpectedCodecs => Codec == VideoCodec.H264 ? $"avc1.6400{Level:x2}" : null;

    /// <inheritdoc cref="VideoRendition.IsOpening"/>
    [JsonIgnore]
    public bool IsOpening => Codec == VideoCodec.H264;
}
