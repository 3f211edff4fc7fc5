using System.Buffers.Text;
using System.Text.Json;

namespace FlickStream.Platform.Documents;

/// <summary>Where a page ended: the sort values and the id of its last document, for the sort it was made with.</summary>
/// <remarks>Form: base64url of a JSON array: the sort, its values, the id. Cursors come back from outside, so nothing in them is
/// trusted but that they can only move the start of the page.</remarks>
internal sealed record DocumentCursor(IReadOnlyList<object?> Values, string Id)
{
    /// <summary>Stands for the id where the order names a field; no field has this name.</summary>
    public const string IdKey = "";

    /// <summary>The whole order of a sort: its fields, then the id in the direction of the last of them, which is the order of an index
    /// that ends in the id, walked either way.</summary>
    public static IReadOnlyList<DocumentSort> Order(IReadOnlyList<DocumentSort> sort) =>
        [.. sort, new DocumentSort(IdKey, sort is [.., { Descending: true }])];

    /// <summary>
    /// What follows this end, as conjunctions to be read one after the other. It is a union of ranges ("same state and later", "later
    /// state"); as one OR they would be a scan, one by one each is a range of an index. Above null means that there is a value.
    /// </summary>
    public IEnumerable<IReadOnlyList<DocumentFilter>> Following(IReadOnlyList<DocumentSort> sort)
    {
        var order = Order(sort);
        object?[] end = [.. Values, Id];
        for (var depth = order.Count - 1; depth >= 0; depth--)
        {
            var same = order.Take(depth).Select((key, i) => DocumentFilter.Equal(key.Field, end[i])).ToArray();
            foreach (var beyond in Beyond(order[depth], end[depth])) yield return [.. same, beyond];
        }
    }

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

    // Nulls come first in ascending order and last in descending order.
    private static IEnumerable<DocumentFilter> Beyond(DocumentSort key, object? end)
    {
        if (!key.Descending) yield return new(key.Field, DocumentComparison.Above, end);
        if (!key.Descending || end is null) yield break;
        yield return new(key.Field, DocumentComparison.Below, end);
        if (key.Field != IdKey) yield return DocumentFilter.Equal(key.Field, null);
    }

    private static string Signature(IReadOnlyList<DocumentSort> sort) =>
        string.Join(',', sort.Select(s => s.Descending ? $"-{s.Field}" : s.Field));

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt64(),
        _ => DocumentRules.Scalar(value.GetString()),
    };
}
