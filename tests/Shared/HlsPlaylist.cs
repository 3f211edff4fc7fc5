using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Tests;

/// <summary>A playlist as its lines say it, read with none of the code that wrote it.</summary>
public sealed partial class HlsPlaylist
{
    public HlsPlaylist(string text)
    {
        Lines = text.Split('\n');
        List<HlsSegment> segments = [];
        decimal? duration = null;
        string? range = null;
        foreach (var line in Lines)
        {
            if (line.StartsWith("#EXTINF:", StringComparison.Ordinal))
            {
                duration = decimal.Parse(line[8..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("#EXT-X-BYTERANGE:", StringComparison.Ordinal))
            {
                range = line[17..];
            }
            else if (line.Length > 0 && line[0] != '#' && duration is { } seconds)
            {
                segments.Add(new HlsSegment(line, seconds, range));
                (duration, range) = (null, null);
            }
        }

        Segments = segments;
    }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<HlsSegment> Segments { get; }

    public bool Has(string tag) => Lines.Contains(tag);

    /// <summary>A tag's value: what follows its colon; null without the tag.</summary>
    public string? Value(string tag) =>
        Lines.FirstOrDefault(l => l.StartsWith(tag + ":", StringComparison.Ordinal))?[(tag.Length + 1)..];

    /// <summary>Every tag of this name, its attributes unquoted; of a variant the next line too, as <c>URI</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Tags(string tag)
    {
        List<IReadOnlyDictionary<string, string>> tags = [];
        for (var i = 0; i < Lines.Count; i++)
        {
            if (!Lines[i].StartsWith(tag + ":", StringComparison.Ordinal)) continue;
            var attributes = Attribute().Matches(Lines[i][(tag.Length + 1)..])
                .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value.Trim('"'));
            if (tag == "#EXT-X-STREAM-INF") attributes["URI"] = Lines[i + 1];
            tags.Add(attributes);
        }

        return tags;
    }

    [GeneratedRegex("(?<name>[A-Z0-9-]+)=(?<value>\"[^\"]*\"|[^,]*)")]
    private static partial Regex Attribute();
}

/// <param name="Uri">As written.</param>
/// <param name="Seconds">EXTINF.</param>
/// <param name="ByteRange">As written; null for the whole file.</param>
public sealed record HlsSegment(string Uri, decimal Seconds, string? ByteRange);
