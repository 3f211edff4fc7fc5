namespace FlickStream.Transcoder.Planning;

/// <summary>A stretch of whole segments that is encoded on its own.</summary>
/// <param name="Index">From 0.</param>
/// <param name="FirstSegment">Number of its first segment.</param>
/// <param name="Segments">How many.</param>
/// <param name="FirstFrame">Number of its first frame in the title.</param>
/// <param name="Frames">How many; of the last chunk what is expected, since it runs to the end of the master.</param>
/// <param name="Gops">Started GOPs, which is also the number of its thumbnails.</param>
/// <param name="IsLast">Nothing follows.</param>
internal sealed record Chunk(int Index, int FirstSegment, int Segments, long FirstFrame, int Frames, int Gops, bool IsLast)
{
    public long EndFrame => FirstFrame + Frames;
}
