using System.Buffers.Text;
using System.Text.Json;

namespace FlickStream.Platform.Documents;

/// <summary>Where a page ended: the sort values and the id of its last document, for the sort it was made with.</summary>
/// <remarks>Form: base64url of a JSON array: the sort, its values, the id. Cursors come back from outside, so nothing in them is
/// trusted but that they can only move the start of the page.</remarks>
internal sealed record DocumentCursor(IReadOnlyList<object?> Values, string Id)
{
    public static string Encode(IReadOnlyList<DocumentSort> sort, IEnumerable<object?> values, string id) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<object?[]>([Signature(sort), .. values, id]));

    /// <exception cref="InvalidCursorException">It was not made by <see cref="Encode"/> for this sort.</exception>
    public static DocumentCursor Decode(string cursor, IReadOnlyList<DocumentSort> sort)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor)) ?? [];
            if (parts.Length == sort.Count + 2 && parts[0].GetString() == Signature(sort)
                && parts[^1].GetString() is { } id && DocumentRules.IsId(id))
            {
                return new DocumentCursor([.. parts[1..^1].Select(ValueOf)], id);
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidCursorException(e);
        }

        throw new InvalidCursorException();
    }

    private static string Signature(IReadOnlyList<DocumentSort> sort) =>
        string.Join(',', sort.Select(s => s.Descending ? $"-{s.Field}" : s.Field));

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetInt64(),
        _ => DocumentRules.Scalar(value.GetString()),
    };
}
