using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Tests.Documents;

public abstract partial class DocumentsContract
{
    /// <summary>The same documents as another process, or a later one, sees them.</summary>
    protected abstract IDocuments OpenAnother();

    [Fact]
    public async Task Documents_are_there_for_another_process()
    {
        await Set.InsertAsync("1", new Film { Studio = "a" }, Ct);
        Assert.Equal("a", (await OpenAnother().Set(Films).GetAsync("1", Ct))!.Value.Studio);
    }

    [Fact]
    public async Task A_newer_schema_fills_its_fields_from_the_documents_that_exist()
    {
        var old = new DocumentSchema<Film>("growing").Field("year", f => f.Year).Index("year");
        var films = Enumerable.Range(0, 1200).Select(i => KeyValuePair.Create($"{i}", new Film { Year = i, Studio = $"s{i % 2}" })).ToArray();
        await Documents.Set(old).InsertManyAsync(films, Ct);

        var newer = new DocumentSchema<Film>("growing").Field("year", f => f.Year).Field("studio", f => f.Studio).Index("studio", "year");
        var set = OpenAnother().Set(newer);
        Assert.Equal(600, await set.CountAsync([DocumentFilter.Equal("studio", "s1")], Ct));
        var page = await set.QueryAsync(new() { Filters = [DocumentFilter.Equal("studio", "s1")], Sort = [new("year")], Limit = 3 }, Ct);
        Assert.Equal(["1", "3", "5"], page.Items.Select(item => item.Id));
        Assert.All(page.Items, item => Assert.Equal(1, item.Version));
    }

    [Fact]
    public async Task A_field_that_was_dropped_for_a_while_is_filled_anew()
    {
        var with = () => new DocumentSchema<Film>("growing").Field("year", f => f.Year);
        await Documents.Set(with()).InsertAsync("1", new Film { Year = 1 }, Ct);
        var without = OpenAnother().Set(new DocumentSchema<Film>("growing"));
        await without.ReplaceAsync("1", 1, new Film { Year = 2 }, Ct);
        await without.InsertAsync("2", new Film { Year = 2 }, Ct);
        Assert.Equal(2, await OpenAnother().Set(with()).CountAsync([DocumentFilter.Equal("year", 2)], Ct));
    }

    [Fact]
    public async Task A_unique_index_that_is_no_longer_declared_refuses_nothing()
    {
        await Documents.Set(new DocumentSchema<Film>("growing").Field("slug", f => f.Slug).Index(unique: true, "slug"))
            .InsertAsync("1", new Film { Slug = "s" }, Ct);
        var set = OpenAnother().Set(new DocumentSchema<Film>("growing").Field("slug", f => f.Slug).Index("slug"));
        Assert.NotNull(await set.InsertAsync("2", new Film { Slug = "s" }, Ct));
    }

    [Fact]
    public void A_collection_has_one_schema_a_process()
    {
        Documents.Set(Films);
        Assert.Throws<InvalidOperationException>(() => Documents.Set(new DocumentSchema<Film>("films")));
    }

    [Theory]
    [InlineData("a\"b", "f")]
    [InlineData("a b", "f")]
    [InlineData("", "f")]
    [InlineData("a", "f\"")]
    [InlineData("a", "1f")]
    [InlineData("a", "f.g")]
    [InlineData("a", "$f")]
    public void A_schema_with_a_wrong_name_is_refused(string collection, string field) => Assert.ThrowsAny<ArgumentException>(
        () => Documents.Set(new DocumentSchema<Film>(collection).Field(field, f => f.Year)));

    [Fact]
    public async Task A_document_that_MongoDB_could_not_hold_is_refused_everywhere()
    {
        var large = new Film { Title = new string('x', 15 << 20) };
        foreach (var write in (Func<Task>[])[() => Set.InsertAsync("1", large, Ct), () => Set.ReplaceAsync("1", 1, large, Ct), () => Set.InsertManyAsync([new("1", large)], Ct)])
            Assert.Contains("blob", (await Assert.ThrowsAsync<ArgumentException>(write)).Message, StringComparison.Ordinal);
        Assert.NotNull(await Set.InsertAsync("1", new Film { Title = new string('x', 14 << 20) }, Ct));
        Assert.Equal(14 << 20, (await Set.GetAsync("1", Ct))!.Value.Title.Length);
    }

    [Fact]
    public async Task Values_of_different_kinds_are_never_equal()
    {
        await Set.InsertAsync("1", new Film { Studio = "7", Year = 7 }, Ct);
        await ExpectAsync("", new() { Filters = [DocumentFilter.Equal("year", "7")] });
        await ExpectAsync("", new() { Filters = [DocumentFilter.Equal("studio", 7)] });
    }
}
