using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Assets;

internal static class NewAsset
{
    /// <summary>One whose upload is complete, and that waits for its inspection.</summary>
    public static Asset Inspecting(string id) => new()
    {
        Id = id,
        State = AssetState.Inspecting,
        Title = id,
        FileName = id,
        SizeBytes = 1,
        MasterKey = $"masters/{id}",
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };
}
