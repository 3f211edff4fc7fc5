using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Catalog;

/// <summary>Removes what deleted titles and replaced images left, files before what names them, so that an interrupted removal is found again.
/// Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class CatalogSweep(
    IDocuments documents, SpareFiles spares, ArtworkFiles files, IOptions<CatalogOptions> options, TimeProvider time, ILogger<CatalogSweep> log) : IJob
{
    private readonly IDocumentSet<Title> _titles = documents.Set(Title.Schema);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Memory;
        await EachAsync("deleted", before, DropAsync, cancellationToken);
        await EachAsync("spare", before, DropSparesAsync, cancellationToken);

        Task DropSparesAsync(Stored<Title> title) =>
            spares.DropAsync(title.Id, [.. title.Value.SpareArtwork.Where(spare => spare.Since <= before).Select(spare => spare.Id)], cancellationToken);

        async Task DropAsync(Stored<Title> title)
        {
            await files.RemoveAllAsync(title.Id, cancellationToken);
            await _titles.DeleteAsync(title.Id, title.Version, cancellationToken);
        }
    }

    private async Task EachAsync(string field, DateTimeOffset before, Func<Stored<Title>, Task> work, CancellationToken cancellationToken)
    {
        var due = new DocumentQuery { Filters = [DocumentFilter.AtMost(field, before)], Sort = [new(field)] };
        await foreach (var title in _titles.QueryAllAsync(due, cancellationToken))
        {
            try
            {
                await work(title);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // One title whose files cannot be removed now must not keep those of others; the next sweep tries again.
                log.LogError(fault, "What title {Title} left could not be removed.", title.Id);
            }
        }
    }
}
