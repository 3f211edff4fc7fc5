using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests;

/// <summary>More titles are asked for than are kept in memory.</summary>
public sealed class ManyTitlesTests
{
    private const int Titles = 64;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Room was made by sorting what others removed from in that moment: the sort met an entry that was none.</summary>
    [Fact]
    public async Task Room_is_made_by_many_at_once()
    {
        await using var host = await OriginHost.StartAsync(settings: new() { ["Origin:TitlesInMemory"] = "20" });
        for (var title = 0; title < Titles; title++)
        {
            var id = $"many{title}";
            await host.Documents.Set(Asset.Schema).InsertAsync(
                id,
                new Asset { Id = id, Owner = "studio", State = AssetState.Accepted, Title = id, FileName = "a.mp4", SizeBytes = 1, MasterKey = "masters/1", CreatedAt = Sample.Start },
                Ct);
            await host.Documents.Set(Presentation.Schema).InsertAsync(id, Sample.Presentation with { AssetId = id }, Ct);
        }

        var cache = host.Services.GetRequiredService<PresentationCache>();
        await Parallel.ForAsync(0, 6000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (i, stop) =>
        {
            var id = $"many{i * 7 % Titles}";
            Assert.Equal(id, (await cache.FindAsync(id, stop))?.Presentation.AssetId);
        });
    }
}
