using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlickStream.Platform.Json;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>A JSON object a line. However long the file is, one line of it is in memory.</summary>
internal static class JsonLines
{
    public const int LongestRow = 1 << 20;

    private static readonly JsonSerializerOptions Strict = new(PlatformJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 8, AllowDuplicateProperties = false,
    };

    public static readonly JsonSerializerOptions Written = new(PlatformJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static async IAsyncEnumerable<ReadRow> ReadAsync(PipeReader file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (line, isSkipping) = (1L, false);
        while (true)
        {
            var read = await file.ReadAsync(cancellationToken);
            var (rest, rows) = (read.Buffer, new List<ReadRow?>());
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                if (!isSkipping) rows.Add(RowOf(rest.Slice(0, end), line));
                (rest, isSkipping) = (rest.Slice(rest.GetPosition(1, end)), false);
                line++;
            }

            if (rest.Length > LongestRow || read.IsCompleted)
            {
                // What is left of a line that is too long is passed over as it comes.
                if (!isSkipping) rows.Add(RowOf(rest, line));
                (rest, isSkipping) = (rest.Slice(rest.End), true);
            }

            // Before rows are given out: whoever reads them may stop at any.
            file.AdvanceTo(rest.Start, rest.End);
            foreach (var row in rows.OfType<ReadRow>()) yield return row;
            if (read.IsCompleted) yield break;
        }
    }

    private static HashSet<string> MembersOf(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1) names.Add(reader.GetString()!);
        return names;
    }

    /// <summary>Null for an empty line.</summary>
    private static ReadRow? RowOf(ReadOnlySequence<byte> bytes, long line)
    {
        if (bytes.Length > LongestRow) return new(line, null, new(TransferProblems.RowTooLong));
        var text = bytes.ToArray().AsSpan();
        if (line == 1 && text.StartsWith("\uFEFF"u8)) text = text[3..];
        text = text.Trim(" \t\r"u8);
        if (text.IsEmpty) return null;
        try
        {
            return JsonSerializer.Deserialize<TitleRow>(text, Strict) is { } row ? new(line, row with { Told = MembersOf(text) }, null) : new(line, null, new(TransferProblems.RowUnreadable));
        }
        catch (JsonException fault)
        {
            return new(line, null, new(TransferProblems.RowUnreadable, TitleRules.Shown(fault.Path)));
        }
    }
}
