using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>Assets that an origin grants, though nobody encoded them.</summary>
internal static class Playable
{
    public const int Seconds = 600;

    private static readonly SegmentGrid Grid = new(new Rational(30, 1), 60, 180, [1]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A published film that plays.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> MovieAsync(PortalHost portal, Studio studio)
    {
        var content = Studio.Movie("Movie");
        var asset = await studio.AssetAsync();
        await EncodedAsync(portal, asset);
        content["assetId"] = asset;
        return await studio.PublishAsync(content);
    }

    /// <param name="portal">Where.</param>
    /// <param name="assetId">That is there.</param>
    /// <param name="chapters">Of it.</param>
    public static async Task EncodedAsync(PortalHost portal, string assetId, params IReadOnlyList<Chapter> chapters)
    {
        var documents = portal.Services.GetRequiredService<IDocuments>();
        await documents.Set(Presentation.Schema).InsertAsync(
            assetId,
            new Presentation
            {
                AssetId = assetId, Revision = "r1", State = PresentationState.Ready, Grid = Grid, Frames = Seconds * 30, Audio = [], Chapters = chapters,
                Video = [new("v720", 1280, 720, "avc1.64001f", 3_000_000, 30_000)], Thumbnail = new(160, 90), CreatedAt = portal.Clock.GetUtcNow(),
            },
            Ct);
        await documents.Set(SegmentRun.Schema).InsertAsync(
            SegmentRun.IdOf(assetId, "r1", "v720", 0),
            new SegmentRun
            {
                AssetId = assetId, Revision = "r1", Rendition = "v720", Chunk = 0, First = 0,
                Segments = [.. Enumerable.Repeat(new MeasuredSegment(1000, 180_000, [new(0, 500, 60_000)]), Seconds / 6)],
            },
            Ct);
    }
}
