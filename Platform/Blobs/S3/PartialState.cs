using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FlickStream.Platform.Blobs.S3;

/// <param name="Number">From 1.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Tag">The service's tag, without quotes.</param>
/// <param name="Crc32">Its checksum, where the service keeps one.</param>
internal sealed record StoredPart(int Number, long Length, string Tag, string? Crc32);

/// <summary>
/// What an unfinished write keeps beside its id, of the same size however many parts there are: the service lists the parts, and
/// <paramref name="Chain"/> tells whether they are still those that were counted.
/// </summary>
/// <param name="Parts">Parts that count.</param>
/// <param name="Bytes">Bytes in them; what the write has beyond is in the tail.</param>
/// <param name="Chain">A running hash over number, length and tag of each.</param>
/// <param name="Tail">Name of the object with the bytes that are short of a part.</param>
/// <param name="Stale">Name of the tail before: free once this state is stored, which the next call proves.</param>
internal sealed record PartialState(int Parts, long Bytes, string Chain, string? Tail = null, string? Stale = null)
{
    private static readonly PartialState Empty = new(0, 0, "");

    public static PartialState Of(PartialBlob partial) =>
        partial.State is { } text ? JsonSerializer.Deserialize<PartialState>(text)! : Empty;

    public PartialState With(StoredPart part)
    {
        var link = string.Create(CultureInfo.InvariantCulture, $"{Chain} {part.Number} {part.Length} {part.Tag}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(link));
        return this with { Parts = part.Number, Bytes = Bytes + part.Length, Chain = Convert.ToHexStringLower(hash.AsSpan(0, 16)) };
    }

    /// <summary>Whether <paramref name="parts"/>, in order of their numbers, are what was counted.</summary>
    public bool IsOf(IReadOnlyList<StoredPart> parts)
    {
        var counted = Empty;
        foreach (var part in parts) counted = counted.With(part);
        return parts.Count == Parts && counted.Bytes == Bytes && counted.Chain == Chain;
    }

    public override string ToString() => JsonSerializer.Serialize(this);
}
