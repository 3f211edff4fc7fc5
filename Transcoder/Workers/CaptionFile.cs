using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Workers;

/// <summary>Captions as ffmpeg takes them out of a picture or a track: triplets, and beside them when they come.</summary>
internal static class CaptionFile
{
    // A picture has 31 triplets at most, a sample of a track as many as there is time for.
    private const int LargestSample = 64 * 1024;

    /// <inheritdoc cref="CaptionReader.Finish"/>
    /// <remarks>As far as both files go.</remarks>
    public static (IReadOnlyList<CaptionChannel> Channels, IReadOnlyList<string> Unread) Read(TextReader index, Stream triplets)
    {
        var reader = new CaptionReader();
        var sample = new byte[LargestSample];
        foreach (var (time, _, size) in SampleIndex.Entries(Lines(index)))
        {
            if (size > LargestSample || triplets.ReadAtLeast(sample.AsSpan(0, size), size, throwOnEndOfStream: false) < size) break;
            reader.Add(time, sample.AsSpan(0, size));
        }

        return reader.Finish();
    }

    private static IEnumerable<string> Lines(TextReader index)
    {
        while (index.ReadLine() is { } line) yield return line;
    }
}
