using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Search;

/// <summary>What is found while so much is read that the index is made anew, and where that fails.</summary>
public sealed class RemakingTests : IAsyncLifetime
{
    private ContendedDocuments _documents = null!;
    private PortalHost _portal = null!;
    private Studio _studio = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SearchIndex Index => _portal.Services.GetRequiredService<SearchIndex>();

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(through: documents => _documents = new(documents));
        _studio = await Studio.OfAsync(_portal);
    }

    public async ValueTask DisposeAsync()
    {
        _studio.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task What_is_withdrawn_or_edited_while_much_is_read_is_gone_or_shown_so_at_once()
    {
        var (gone, edited) = (await _studio.PublishAsync(Studio.Movie("Harbour Gone")), await _studio.PublishAsync(Studio.Movie("Harbour Edited")));
        await _studio.PublishAsync(Studio.Movie("Harbour Stays"));
        Assert.Equal("Harbour Edited|Harbour Gone|Harbour Stays", await FindAsync("harbour"));
        var reading = new TaskCompletionSource();
        BeforeReadingAll(() => reading.Task);
        await ImportAsync("Lagoon");
        Assert.Equal("Harbour Edited|Harbour Gone|Harbour Stays", await FindAsync("harbour"));
        await _studio.MoveAsync(gone, "withdraw");
        var movie = Studio.Movie("Haven Edited");
        movie["assetId"] = (await _studio.GetAsync(edited)).Title.GetProperty("content").GetProperty("assetId").GetString();
        (await _studio.PutAsync(edited, movie)).EnsureSuccessStatusCode();
        Assert.Equal(("Harbour Stays|Haven Edited", ""), (await FindAsync("harbour"), await FindAsync("lagoon")));
        reading.SetResult();
        await Index.CatchUpAsync(Ct);
        Assert.Equal(("Harbour Stays", "Haven Edited"), (await FindAsync("harbour"), await FindAsync("haven")));
        Assert.Equal(600, (await Searches.AskAsync(_portal.Anonymous, "lagoon")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_could_not_be_read_is_read_again_after_a_pause_that_grows()
    {
        await _studio.PublishAsync(Studio.Movie("Harbour"));
        Assert.Equal("Harbour", await FindAsync("harbour"));
        var readings = 0;
        BeforeReadingAll(() => Interlocked.Increment(ref readings) <= 3 ? throw new IOException("no disk") : Task.CompletedTask);
        await ImportAsync("Lagoon");
        foreach (var (seconds, tried) in new[] { (0, 1), (0.5, 1), (0.5, 2), (1, 2), (1, 3), (3, 3) })
        {
            _portal.Clock.Leap(TimeSpan.FromSeconds(seconds));
            for (var search = 0; search < 3; search++) Assert.Equal("Harbour", await FindAsync("harbour"));
            await Assert.ThrowsAsync<IOException>(() => Index.CatchUpAsync(Ct));
            Assert.Equal(tried, readings);
        }

        _portal.Clock.Leap(TimeSpan.FromSeconds(1));
        await Index.CatchUpAsync(Ct);
        Assert.Equal(600, (await Searches.AskAsync(_portal.Anonymous, "lagoon")).GetProperty("total").GetInt32());
    }

    private void BeforeReadingAll(Func<Task> act) => _documents.BeforeQuery =
        (type, query) => type == typeof(Title) && query.Filters.Any(filter => filter.Field == "created") && query.After is null ? act() : Task.CompletedTask;

    private async Task ImportAsync(string name)
    {
        var now = _portal.Clock.GetUtcNow();
        await _portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema).InsertManyAsync(
            [.. Enumerable.Range(0, 600).Select(at => KeyValuePair.Create($"{at:x16}", new Title
            {
                Id = $"{at:x16}", OwnerId = "import", Publication = Publication.Released, ReleaseAt = now, CreatedAt = now, ChangedAt = now, Revision = 1,
                Content = new()
                {
                    Kind = Kinds.Movie, OriginalLanguage = "en", Genres = [], Tags = [], Countries = [], Windows = [], People = [], Rating = new(0),
                    Texts = new Dictionary<string, TitleText?> { ["en"] = new($"{name} {at}", null) },
                },
            }))],
            Ct);
        await _portal.Services.GetRequiredService<CatalogIndex>().RefreshAsync(Ct);
    }

    private async Task<string> FindAsync(string query) => Searches.NamesOf(await Searches.AskAsync(_portal.Anonymous, $"{query}&sort=name"));
}
