namespace FlickStream.Ingest.Assets;

/// <summary>The states of an asset as people see it.</summary>
internal static class AssetStates
{
    public const string Inspecting = "inspecting";
    public const string Refused = "refused";
    public const string Encoding = "encoding";
    public const string Ready = "ready";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> All { get; } = [Inspecting, Refused, Encoding, Ready, Failed, Cancelled];
}
