namespace FlickStream.Platform.Access;

/// <summary>What an API key may do. The authorization policy of the same name admits keys that have the scope, and
/// <see cref="Admin"/> keys.</summary>
public static class Scopes
{
    /// <summary>Uploads and assets.</summary>
    public const string Ingest = "ingest";

    /// <summary>The encoding queue.</summary>
    public const string Jobs = "jobs";

    /// <summary>Playback grants.</summary>
    public const string Playback = "playback";

    /// <summary>Titles of the catalog, their artwork and people.</summary>
    public const string Catalog = "catalog";

    /// <summary>Everything, and the keys themselves.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Ingest, Jobs, Playback, Catalog, Admin];

    /// <summary>What a studio's people may do, and the keys that they make themselves.</summary>
    public static IReadOnlyList<string> OfStudios { get; } = [Ingest, Playback, Catalog];
}
