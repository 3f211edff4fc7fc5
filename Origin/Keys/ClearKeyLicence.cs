using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Protection;

namespace FlickStream.Origin.Keys;

/// <summary>Answers a ClearKey licence request with a JSON Web Key set (W3C Encrypted Media Extensions, 9.1.3 and 9.1.4): the keys asked
/// for that the grant opens, and no others.</summary>
internal sealed class ClearKeyLicence(ContentKeySeal seal)
{
    private const int LongestRequest = 8 * 1024;
    private const int MostKeys = 32;

    public async ValueTask<Problem?> AnswerAsync(HttpContext context, PresentationView view, int height)
    {
        if (view is not { Keys: { IsDelivered: true } title, Presentation.Protection.Scheme: ContentProtection.Cbcs }) return KeyProblems.NotFound;
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } asked) return KeyProblems.LicenceRequestInvalid;
        var known = title.Keys.Where(key => asked.Contains(key.KeyId)).ToList();
        if (known.Count == 0) return KeyProblems.NotFound;
        var granted = known.Intersect(GrantedKeys.Of(view, height)).ToList();
        if (granted.Count == 0) return KeyProblems.NotGranted;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        Write(json, title, granted);
        await json.FlushAsync(context.RequestAborted);
        return null;
    }

    private void Write(Utf8JsonWriter json, TitleKeys title, List<TitleKey> granted)
    {
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var key in granted)
        {
            var secret = seal.Open(title, key);
            json.WriteStartObject();
            json.WriteString("kty", "oct");
            json.WriteString("kid", Base64Url.EncodeToString(key.KeyId.ToByteArray(bigEndian: true)));
            json.WriteString("k", Base64Url.EncodeToString(secret));
            json.WriteEndObject();
            CryptographicOperations.ZeroMemory(secret);
        }

        json.WriteEndArray();
        json.WriteString("type", "temporary");
        json.WriteEndObject();
    }

    /// <summary>The ids asked for; null for what is no licence request.</summary>
    private static async Task<HashSet<Guid>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[LongestRequest + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > LongestRequest) return null;
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("kids", out var kids)
                || kids.ValueKind != JsonValueKind.Array
                || kids.GetArrayLength() is 0 or > MostKeys)
            {
                return null;
            }

            var ids = new HashSet<Guid>();
            foreach (var kid in kids.EnumerateArray())
            {
                if (kid.ValueKind != JsonValueKind.String || !TryId(kid.GetString()!, out var id)) return null;
                ids.Add(id);
            }

            return ids;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryId(string text, out Guid id)
    {
        Span<byte> bytes = stackalloc byte[18];
        id = default;
        if (text.Length is < 22 or > 24 || !Base64Url.IsValid(text, out var length) || length != 16) return false;
        if (!Base64Url.TryDecodeFromChars(text, bytes, out _)) return false;
        id = new Guid(bytes[..16], bigEndian: true);
        return true;
    }
}
