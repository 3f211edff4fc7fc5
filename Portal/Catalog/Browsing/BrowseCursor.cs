using System.Buffers.Text;
using System.Text.Json;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Where a page ended: the key of its last title in its order. What comes and goes before it moves nothing.</summary>
internal static class BrowseCursor
{
    public static string Encode(string order, SortKey end) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<object[]>([order, end.Number, end.Text, end.Id]));

    /// <exception cref="InvalidCursorException">It was not made by <see cref="Encode"/> for this order.</exception>
    public static SortKey Decode(string cursor, string order)
    {
        try
        {
            if (JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor)) is [var of, var number, var text, var id]
                && of.GetString() == order && text.GetString() is { } words && id.GetString() is { } last)
                return new SortKey(number.GetDouble(), words, last);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidCursorException("The cursor does not belong to this list.", e);
        }

        throw new InvalidCursorException("The cursor does not belong to this list.");
    }
}
