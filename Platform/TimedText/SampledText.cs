using System.Buffers.Binary;
using System.Text;

namespace FlickStream.Platform.TimedText;

/// <summary>A piece of a text track as its container stores it.</summary>
/// <param name="Start">Milliseconds after the file's start.</param>
/// <param name="End">Milliseconds, when the next one takes over.</param>
public sealed record TextSample(long Start, long End, ReadOnlyMemory<byte> Data);

/// <summary>Tracks of MP4 that hold a document of TTML (<c>stpp</c>) or boxes of WebVTT cues (<c>wvtt</c>) a sample: ISO/IEC 14496-30. What a
/// sample says holds while the sample does; what goes on in the next one is said again there, and is one cue here.</summary>
public static class SampledText
{
    /// <param name="samples">In order.</param>
    /// <param name="format"><see cref="TextFormat.Ttml"/> or <see cref="TextFormat.WebVtt"/>.</param>
    /// <param name="clock">Milliseconds of the file's clock at its start, from whose zero documents of TTML count.</param>
    /// <returns>Cues, milliseconds after the file's start.</returns>
    public static IReadOnlyList<Cue> Read(IEnumerable<TextSample> samples, TextFormat format, long clock)
    {
        var cues = new List<Cue>();
        var latest = new Dictionary<(string, string), int>();
        foreach (var sample in samples)
        {
            foreach (var cue in format == TextFormat.Ttml ? OfDocument(sample, clock) : OfBoxes(sample))
            {
                if (cues.Count >= CueList.MaxCues) return cues;
                var (start, end) = (Math.Max(cue.Start, sample.Start), Math.Min(cue.End, sample.End));
                if (end <= start) continue;
                var words = (cue.Text, cue.Settings);
                if (latest.TryGetValue(words, out var at) && cues[at].End >= start - 1 && cues[at].Start <= start)
                {
                    cues[at] = cues[at] with { End = Math.Max(cues[at].End, end) };
                    continue;
                }

                latest[words] = cues.Count;
                cues.Add(cue with { Start = start, End = end });
            }
        }

        return cues;
    }

    private static IEnumerable<Cue> OfDocument(TextSample sample, long clock) =>
        TextEncodings.Decode(sample.Data.Span) is var (text, _)
            ? TtmlReader.Read(text).Select(cue => cue with { Start = cue.Start - clock, End = cue.End - clock }).Take(CueList.MaxCues).OrderBy(cue => cue.Start) : [];

    /// <summary>A <c>vttc</c> is a cue, with its settings in <c>sttg</c> and its text in <c>payl</c>; <c>vtte</c> is none.</summary>
    private static IEnumerable<Cue> OfBoxes(TextSample sample)
    {
        foreach (var (type, cue) in Boxes(sample.Data))
        {
            if (type != "vttc") continue;
            var parts = Boxes(cue).DistinctBy(part => part.Type).ToDictionary(part => part.Type, part => Encoding.UTF8.GetString(part.Data.Span));
            yield return WebVttReader.CueOf(sample.Start, sample.End, parts.GetValueOrDefault("sttg", ""), parts.GetValueOrDefault("payl", ""));
        }
    }

    private static IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> Boxes(ReadOnlyMemory<byte> data)
    {
        while (data.Length >= 8)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(data.Span);
            if (size < 8 || size > data.Length) yield break;
            yield return (Encoding.ASCII.GetString(data.Span[4..8]), data[8..(int)size]);
            data = data[(int)size..];
        }
    }
}
