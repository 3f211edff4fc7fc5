using System.Text;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Packaging;

/// <summary>Writes a text rendition's blobs: all of it for DASH, and a piece of it for each segment of the title's grid for HLS.</summary>
internal sealed class TextPackager(IBlobs blobs)
{
    // A segment is a few hundred bytes; what takes time is waiting for the storage.
    private const int Writers = 8;

    /// <param name="folder">Blob key prefix of the rendition, without a closing slash.</param>
    /// <param name="cues">On the title's clock, in order.</param>
    /// <param name="grid">The title's.</param>
    /// <param name="frames">Frames planned.</param>
    /// <returns>Segments, and bytes of the whole.</returns>
    public async Task<(int Segments, int Bytes)> WriteAsync(
        string folder, IReadOnlyList<Cue> cues, SegmentGrid grid, long frames, CancellationToken ct)
    {
        // One more than planned: a title may turn out a few frames longer.
        var segments = grid.SegmentCount(frames) + 1;
        var cut = Cut(cues, segments, grid);
        await Parallel.ForEachAsync(
            cut.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = ct },
            async (segment, stop) => await WriteAsync($"{folder}/{segment.Index}.vtt", WebVttWriter.Segment(segment.Item), stop));

        // Last, so that what an interrupted attempt left is seen by its absence.
        return (segments, await WriteAsync($"{folder}/all.vtt", WebVttWriter.Whole(cues), ct));
    }

    public static double SegmentMilliseconds(SegmentGrid grid) => (grid.SegmentFrames / grid.FrameRate).Value * 1000;

    internal static IReadOnlyList<IReadOnlyList<Cue>> Cut(IReadOnlyList<Cue> cues, int segments, SegmentGrid grid)
    {
        var cut = Enumerable.Range(0, segments).Select(_ => new List<Cue>()).ToList();
        var first = 0;
        foreach (var cue in cues)
        {
            while (first < segments && grid.StartOf(first + 1) <= cue.Start) first++;
            for (var i = first; i < segments && grid.StartOf(i) < cue.End; i++) cut[i].Add(cue);
        }

        return cut;
    }

    private async Task<int> WriteAsync(string key, string text, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var content = new MemoryStream(bytes, writable: false);
        await blobs.WriteAsync(key, content, ct);
        return bytes.Length;
    }
}
