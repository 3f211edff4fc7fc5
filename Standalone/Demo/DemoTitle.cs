using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Standalone.Demo;

/// <summary>A title of the demo catalog, as <c>titles.json</c> has it.</summary>
/// <param name="Title">The row of an import, without what is known only once its clip is taken in.</param>
/// <param name="Picture">A source of ffmpeg: of the clip, the poster and the still. Null for a season.</param>
/// <param name="Tone">Hz; null for what is not played.</param>
/// <param name="ReleaseInDays">Null: it is published as soon as it can be played.</param>
internal sealed record DemoTitle(JsonObject Title, string? Picture, int? Tone, int? ReleaseInDays)
{
    /// <summary>What is played, what it belongs to, and in which order.</summary>
    public static IReadOnlyList<DemoTitle> All { get; } = Read();

    public string ExternalId => (string)Title["externalId"]!;

    public string? ParentExternalId => (string?)Title["parentExternalId"];

    public string Name => (string)Title["texts"]![OriginalLanguage]!["name"]!;

    public string OriginalLanguage => (string)Title["originalLanguage"]!;

    /// <summary>The name of its clip's file, by which it is found again.</summary>
    public string FileName => $"{ExternalId}.mp4";

    /// <summary>Whether a viewer sees a poster of it, or a still.</summary>
    public string ArtworkRole => ParentExternalId is null ? "poster" : "still";

    /// <summary>The row that makes a title of it.</summary>
    /// <param name="assetId">Null for what is not played.</param>
    /// <param name="begunAt">When the demo was begun.</param>
    public JsonObject Row(string? assetId, DateTimeOffset begunAt)
    {
        var row = (JsonObject)Title.DeepClone();
        row["assetId"] = assetId;
        row["state"] = ReleaseInDays is null ? "published" : "scheduled";
        if (ReleaseInDays is { } days) row["releaseAt"] = begunAt.AddDays(days);
        return row;
    }

    private static List<DemoTitle> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo-titles.json")!;
        return JsonSerializer.Deserialize<List<DemoTitle>>(file, JsonSerializerOptions.Web)!;
    }
}
