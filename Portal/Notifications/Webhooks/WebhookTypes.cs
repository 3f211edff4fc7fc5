namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>What endpoints are told of.</summary>
internal static class WebhookTypes
{
    public const string EncodeFinished = "encode.finished";
    public const string EncodeFailed = "encode.failed";

    /// <summary>A test, which every endpoint takes.</summary>
    public const string Ping = "ping";

    public static IReadOnlyList<string> Chosen { get; } = [EncodeFinished, EncodeFailed];
}
