using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Catalog.Transfer;

internal static class TransferProblems
{
    public static readonly Problem FormatUnknown = new(
        "import_format_unknown", 415, "Send JSON Lines as application/x-ndjson, or CSV as text/csv.");

    public static readonly Problem ExportFormatUnknown = new("export_format_unknown", 400, "Ask for the format jsonl or csv.");

    public static readonly Problem RowUnreadable = new("row_unreadable", 400, "The row is not what the format asks for.");

    public static readonly Problem RowTooLong = new("row_too_long", 400, "A row has at most 1 MiB.");

    public static readonly Problem ColumnUnknown = new("column_unknown", 400, "The first line names a column that there is not, or one twice.");

    public static readonly Problem TooManyColumns = new(
        "columns_too_many", 400, "A file has at most two columns for each of 60 languages beside those that all have.");

    public static readonly Problem TooManyRows = new("import_too_long", 400, "The file has more rows than are taken at once. Send those from this line on as a file of their own.");

    public static readonly Problem ExternalIdMissing = new("external_id_missing", 400, "Each row needs an external id.");

    public static readonly Problem StateInvalid = new("row_state_invalid", 400, "Name a state: draft, scheduled with a releaseAt in the future, published without such a one, or withdrawn.");
}
