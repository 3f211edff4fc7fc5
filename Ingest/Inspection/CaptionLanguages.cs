using System.Text;
using FlickStream.Platform.Languages;
using FlickStream.Platform.TimedText;

namespace FlickStream.Ingest.Inspection;

/// <summary>Languages of the captions in a picture, which its transport stream tells in the program map by a caption service descriptor
/// (ATSC A/65, 6.9.2). ffprobe does not show it.</summary>
internal static class CaptionLanguages
{
    private const byte CaptionService = 0x86;

    // The map comes at least every 0.4 s (ATSC A/53 part 3).
    private const int Window = 4 << 20;

    /// <summary>BCP 47 by the channel's name; null where none is told.</summary>
    public static SortedDictionary<string, string>? Of(string path, FfprobeHeader header, FfprobeStream video)
    {
        if (header.Format?.FormatName != "mpegts" || video.PacketIdentifier is not { } pid) return null;
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(Window, file.Length)];
        return Of(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)), pid);
    }

    /// <inheritdoc cref="Of(string, FfprobeHeader, FfprobeStream)"/>
    /// <param name="stream">The file's first bytes.</param>
    /// <param name="pid">Of the picture.</param>
    public static SortedDictionary<string, string>? Of(ReadOnlySpan<byte> stream, int pid)
    {
        var languages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in TransportSections.Maps(stream)) AddOf(map, pid, languages);
        return languages.Count == 0 ? null : languages;
    }

    // ISO/IEC 13818-1, 2.4.4.8: descriptors of the programme, then tracks with descriptors of their own.
    private static void AddOf(ReadOnlySpan<byte> map, int pid, SortedDictionary<string, string> languages)
    {
        if (map.Length < 12) return;
        map = map[Math.Min(map.Length, 12 + Length(map[10..]))..];
        while (map.Length >= 5)
        {
            var end = Math.Min(map.Length, 5 + Length(map[3..]));
            if ((((map[1] & 0x1f) << 8) | map[2]) == pid) AddDescriptors(map[5..end], languages);
            map = map[end..];
        }
    }

    private static void AddDescriptors(ReadOnlySpan<byte> descriptors, SortedDictionary<string, string> languages)
    {
        while (descriptors.Length >= 2)
        {
            var end = Math.Min(descriptors.Length, 2 + descriptors[1]);
            if (descriptors[0] == CaptionService && end > 3)
                for (var services = descriptors[3..end]; services.Length >= 6; services = services[6..]) Add(services[..6], languages);
            descriptors = descriptors[end..];
        }
    }

    private static void Add(ReadOnlySpan<byte> service, SortedDictionary<string, string> languages)
    {
        if (LanguageTags.Shortest(Encoding.ASCII.GetString(service[..3])) is not { } language) return;
        var isDigital = (service[3] & 0x80) != 0;
        // Of CEA-608 it names the field alone, whose first channel is meant.
        languages[isDigital ? CaptionChannel.NameOfService(service[3] & 0x3f) : CaptionChannel.NameOfChannel((service[3] & 1) == 0 ? 1 : 3)] = language;
    }

    private static int Length(ReadOnlySpan<byte> bytes) => ((bytes[0] & 0x0f) << 8) | bytes[1];
}
