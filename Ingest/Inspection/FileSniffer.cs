using System.Text;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Tells from a file's first bytes what is no master whatever its name says. ffmpeg's whitelists refuse the same files;
/// this gives them their name, so that the studio learns what it uploaded.
/// </summary>
internal static class FileSniffer
{
    public const int Window = 64 * 1024;

    private static readonly (byte[] Start, string Name)[] Archives =
    [
        ("PK\x03\x04"u8.ToArray(), "ZIP"),
        ("PK\x05\x06"u8.ToArray(), "ZIP"),
        ([0x1f, 0x8b, 0x08], "gzip"),
        ([.. "Rar!"u8, 0x1a, 0x07], "RAR"),
        ([.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c], "7z"),
        ([0xfd, .. "7zXZ"u8, 0x00], "xz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard"),
        ("BZh"u8.ToArray(), "bzip2"),
    ];

    private static readonly (string Start, string Name)[] Scripts =
    [
        ("#EXTM3U", "an HLS playlist"),
        ("ffconcat", "a concat script"),
        ("[playlist]", "a PLS playlist"),
        ("[Reference]", "an ASF reference"),
        ("RTSPtext", "a QuickTime reference"),
        ("SMILtext", "a QuickTime reference"),
        ("v=0", "an SDP description"),
    ];

    private static readonly (string Element, string Name)[] Documents =
    [
        ("<MPD", "a DASH manifest"),
        ("<SmoothStreamingMedia", "a Smooth Streaming manifest"),
        ("<CompositionPlaylist", "an IMF composition playlist"),
        ("<smil", "a SMIL presentation"),
        ("<asx", "an ASX playlist"),
        ("<xspf", "an XSPF playlist"),
        ("<playlist", "a playlist"),
    ];

    /// <param name="start">The file's first bytes, at most <see cref="Window"/>.</param>
    public static (Problem Problem, string? Detail)? Refuse(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return (InspectionProblems.EmptyFile, null);

        foreach (var (signature, name) in Archives)
        {
            if (start.StartsWith(signature)) return (InspectionProblems.Archive, $"It is a {name} file.");
        }

        if (start.Length > 262 && start[257..262].SequenceEqual("ustar"u8)) return (InspectionProblems.Archive, "It is a tar file.");
        if (IsScrambledTransportStream(start)) return (InspectionProblems.Encrypted, "Its transport stream packets are scrambled.");

        // UTF-16 manifests are left to the whitelists.
        var text = Encoding.Latin1.GetString(start.StartsWith(Encoding.UTF8.Preamble) ? start[3..] : start).TrimStart();
        foreach (var (script, name) in Scripts)
        {
            if (text.StartsWith(script, StringComparison.OrdinalIgnoreCase)) return (InspectionProblems.ReferenceFile, $"It is {name}.");
        }

        if (!text.StartsWith('<')) return null;
        foreach (var (element, name) in Documents)
        {
            if (text.Contains(element, StringComparison.OrdinalIgnoreCase)) return (InspectionProblems.ReferenceFile, $"It is {name}.");
        }

        return (InspectionProblems.NotMedia, "It is a text document.");
    }

    // ISO/IEC 13818-1, 2.4.3.2: 188-byte packets that begin with 0x47; transport_scrambling_control is the top of the fourth byte.
    private static bool IsScrambledTransportStream(ReadOnlySpan<byte> start)
    {
        const int Packet = 188;
        var (packets, scrambled) = (0, 0);
        for (; start.Length >= Packet; start = start[Packet..], packets++)
        {
            if (start[0] != 0x47) return false;
            if ((start[3] & 0xc0) != 0) scrambled++;
        }

        return packets > 10 && scrambled > packets / 3;
    }
}
