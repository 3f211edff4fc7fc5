using System.Runtime.CompilerServices;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Site.Rows;

namespace FlickStream.Portal.Tests.Recommendations.Site;

[Collection(TrainedOnPlanted.Collection)]
public sealed class RowMapTests(TrainedOnPlanted planted)
{
    private static readonly string[] Published = ["a", "b", "c"];

    // As in an experiment with the model before.
    [Fact]
    public void Two_models_by_turns_keep_their_maps_of_one_snapshot()
    {
        var (snapshot, one, other) = (Snapshot(), Model("c", "gone", "a"), Model("b", "c"));
        var (ofOne, ofOther) = (RowMap.Of(snapshot, one), RowMap.Of(snapshot, other));
        Assert.Equal([snapshot.Find("c")!.Value, -1, snapshot.Find("a")!.Value], ofOne);
        Assert.Equal([snapshot.Find("b")!.Value, snapshot.Find("c")!.Value], ofOther);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Same(ofOne, RowMap.Of(snapshot, one));
            Assert.Same(ofOther, RowMap.Of(snapshot, other));
        }

        Assert.NotSame(ofOne, RowMap.Of(Snapshot(), one));
    }

    [Fact]
    public void Requests_at_the_same_time_share_one_map()
    {
        var (snapshot, model) = (Snapshot(), Model([.. Enumerable.Range(0, 200_000).Select(at => $"{at}")]));
        var maps = new int[8][];
        Parallel.For(0, maps.Length, at => maps[at] = RowMap.Of(snapshot, model));
        Assert.All(maps, map => Assert.Same(maps[0], map));
    }

    [Fact]
    public void The_map_of_a_model_that_was_replaced_goes_with_it()
    {
        var snapshot = Snapshot();
        var map = MapOfReplaced(snapshot);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(map.IsAlive);
        Assert.NotEmpty(RowMap.Of(snapshot, Model("a")));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MapOfReplaced(CatalogSnapshot snapshot) => new(RowMap.Of(snapshot, Model("a", "b")));

    private TitleModel Model(params string[] ids) => new(ids, planted.Model);

    private static CatalogSnapshot Snapshot() => CatalogSnapshot.Empty.With(Published.ToDictionary(id => id, id => CatalogRow.Of(new()
    {
        Id = id, OwnerId = "x", Publication = Publication.Released, ReleaseAt = default(DateTimeOffset), CreatedAt = default, ChangedAt = default, Revision = 1,
        Content = new()
        {
            Kind = Kinds.Movie, OriginalLanguage = "en", Texts = new Dictionary<string, TitleText?> { ["en"] = new(id, null) }, Genres = [], Tags = [], Countries = [],
            People = [], Windows = [], Rating = new(0),
        },
    })));
}
