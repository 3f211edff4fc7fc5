using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Workers;

/// <summary>Captions as ffmpeg takes them out of a picture or a track: triplets, and beside them when they come.</summary>
internal static class CaptionFile
{
    // A picture has 31 triplets at most, a sample of a track as many as there is time for.
    private const int LargestSample = 64 * 1024;

    /// <summary>The cues of CC1 to CC4, as far as both files go.</summary>
    public static IReadOnlyList<IReadOnlyList<Cue>> Read(TextReader index, Stream triplets)
    {
        var reader = new Cea608Reader();
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
