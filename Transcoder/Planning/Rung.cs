namespace FlickStream.Transcoder.Planning;

/// <summary>One picture size of the ladder.</summary>
/// <param name="Name">Rendition name, such as <c>v1080</c>: the shorter side, and <c>v1080-2</c> for the next of the same size.</param>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="MaxBitsPerSecond">Rate at which the decoder's buffer fills.</param>
/// <param name="BufferBits">Size of that buffer.</param>
/// <param name="Level">H.264 level times ten.</param>
internal sealed record Rung(string Name, int Width, int Height, int MaxBitsPerSecond, int BufferBits, int Level)
{
    /// <summary>x264's quality target; null: the options'.</summary>
    public double? Quality { get; init; }

    /// <summary>RFC 6381: High profile (0x64), no constraint flags, the level.</summary>
    public string Codecs => $"avc1.6400{Level:x2}";
}
