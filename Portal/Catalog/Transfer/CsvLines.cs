using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>A title a record, with a header. However long the file is, one record of it is in memory.</summary>
internal static class CsvLines
{
    public static async IAsyncEnumerable<ReadRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isMalformed = false;
        var options = new CsvReaderOptions
        {
            Separator = ',', TrackLineNumbers = true, MaxRecordSize = JsonLines.LongestRow, OnMalformedRecord = _ => isMalformed = true,
        };
        await using var reader = CsvReader.Create(file, options, leaveOpen: true);
        var (header, line) = (Array.Empty<string>(), 1L);
        while (true)
        {
            var (isRow, isTooLong) = await NextAsync(reader, cancellationToken);
            if (!isRow && !isTooLong) yield break;
            if (isTooLong)
            {
                // Where the next record begins cannot be known.
                yield return new(line, null, new(TransferProblems.RowTooLong));
                yield break;
            }

            if (header.Length == 0)
            {
                header = [.. reader.Headers.ToArray().Select(name => name.Trim())];
                if (Refuse(header) is { } unfit)
                {
                    yield return new(1, null, unfit);
                    yield break;
                }
            }

            line = reader.LineNumber;
            yield return isMalformed ? new(line, null, new(TransferProblems.RowUnreadable, "A quote is not where it may be.")) : RowOf(reader, header, line);
            isMalformed = false;
        }
    }

    private static Refusal? Refuse(string[] header)
    {
        if (header.Length > CsvColumns.Most) return new(TransferProblems.TooManyColumns);
        var known = new HashSet<string>(StringComparer.Ordinal);
        return Array.Find(header, name => !CsvColumns.IsColumn(name) || !known.Add(name)) is { } unfit ? new(TransferProblems.ColumnUnknown, TitleRules.Shown(unfit)) : null;
    }

    private static async Task<(bool IsRow, bool IsTooLong)> NextAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadAsync(cancellationToken), false);
        }
        catch (CsvFormatException)
        {
            return (false, true);
        }
    }

    private static ReadRow RowOf(CsvReader reader, string[] header, long line)
    {
        if (reader.FieldCount != header.Length) return new(line, null, new(TransferProblems.RowUnreadable, "It has more or fewer cells than the first line."));
        try
        {
            return new(line, CsvColumns.RowOf(header, reader.GetString), null);
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return new(line, null, new(TransferProblems.RowUnreadable, TitleRules.Shown((fault as JsonException)?.Path ?? fault.Message)));
        }
    }
}
