using System.Text.Json;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <summary>Of an event no more is taken than its id and which subscription or payment it is about: what is true is asked for.</summary>
internal static class WebhookBody
{
    /// <summary>Null where it is no event.</summary>
    public static GatewayEvent? Read(byte[] body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            var root = parsed.RootElement;
            if (Text(root, "id") is not { Length: > 0 and <= 100 } id || Text(root, "type") is not { Length: <= 100 } type) return null;
            var about = Member(Member(root, "data"), "object");
            return new GatewayEvent(id, type, Text(Member(about, "metadata"), "subscription"), IsReturn(type) ? Text(about, "payment_intent") : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsReturn(string type) =>
        type.StartsWith("charge.refund", StringComparison.Ordinal) || type.StartsWith("charge.dispute.", StringComparison.Ordinal)
        || type.StartsWith("refund.", StringComparison.Ordinal);

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
