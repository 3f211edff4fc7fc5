using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Tests.Documents;

/// <summary>What every adapter of <see cref="IDocuments"/> keeps.</summary>
public abstract partial class DocumentsContract
{
    protected static readonly DocumentSchema<Film> Films = new DocumentSchema<Film>("films")
        .Field("studio", f => f.Studio)
        .Field("year", f => f.Year)
        .Field("seen", f => f.Seen)
        .Field("at", f => f.At)
        .Field("slug", f => f.Slug)
        .Field("state", f => f.State.ToString())
        .Index("studio", "year")
        .Index("at")
        .Index(unique: true, "studio", "slug")
        .SparseIndex("slug");

    protected abstract IDocuments Documents { get; }

    protected IDocumentSet<Film> Set => Documents.Set(Films);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileIds => new(
        "'; DROP TABLE d_films; --", "\" OR 1=1", "{\"$ne\":\"\"}", "$0", "../../etc/passwd", "a b", "ä\u00e9\u4e16", "😀", "%", "_", "\r\n", "-1", "NULL");

    public static TheoryData<string> ImpossibleIds => new("", new string('a', 201), "a\0b", "\ud800");

    [Fact]
    public async Task An_inserted_document_reads_back_equal()
    {
        var film = new Film
        {
            Title = "Ünïcode <&> 😀", Studio = "a", Year = 1999, Seen = true, State = FilmState.InCinemas,
            At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.FromHours(2)), Tags = ["x", "y"],
        };
        var stored = await Set.InsertAsync("f1", film, Ct);
        Assert.Equal(1, stored!.Version);
        var read = await Set.GetAsync("f1", Ct);
        Assert.Equal(("f1", 1L), (read!.Id, read.Version));
        Assert.Equivalent(film, read.Value, strict: true);
    }

    [Fact]
    public async Task An_absent_document_is_null_and_no_error()
    {
        Assert.Null(await Set.GetAsync("none", Ct));
        Assert.Null(await Set.ReplaceAsync("none", 1, new Film(), Ct));
        Assert.False(await Set.DeleteAsync("none", cancellationToken: Ct));
    }

    [Fact]
    public async Task Of_many_ids_those_that_are_there_are_read()
    {
        await Set.InsertManyAsync([.. Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"{i}", new Film { Year = i }))], Ct);
        await Set.ReplaceAsync("7", 1, new Film { Year = 77 }, Ct);
        var found = await Set.GetManyAsync(["7", "none", "8", "7", "", "a\0b", "\ud800"], Ct);
        Assert.Equal(["7", "8"], found.Keys.Order());
        Assert.Equal(("7", 2L, 77), (found["7"].Id, found["7"].Version, found["7"].Value.Year));
        Assert.Empty(await Set.GetManyAsync([], Ct));
        Assert.Empty(await Set.GetManyAsync([""], Ct));
        string[] all = [.. Enumerable.Range(0, 1000).Select(i => $"{i}")];
        Assert.Equal(all.Order(StringComparer.Ordinal), (await Set.GetManyAsync(all, Ct)).Keys.Order(StringComparer.Ordinal));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.GetManyAsync([.. all, "1000"], Ct));
    }

    [Theory]
    [MemberData(nameof(HostileIds))]
    public async Task Of_many_hostile_ids_each_finds_itself_alone(string id)
    {
        await Set.InsertManyAsync([KeyValuePair.Create(id, new Film { Title = id }), KeyValuePair.Create("other", new Film())], Ct);
        var found = Assert.Single(await Set.GetManyAsync([id], Ct));
        Assert.Equal((id, id), (found.Key, found.Value.Value.Title));
    }

    [Fact]
    public async Task Ids_are_exact()
    {
        await Set.InsertAsync("a", new Film { Title = "small" }, Ct);
        await Set.InsertAsync("A", new Film { Title = "large" }, Ct);
        await Set.InsertAsync("a ", new Film { Title = "padded" }, Ct);
        Assert.Equal("large", (await Set.GetAsync("A", Ct))!.Value.Title);
        Assert.Equal("padded", (await Set.GetAsync("a ", Ct))!.Value.Title);
    }

    [Fact]
    public async Task A_taken_id_is_not_inserted_again()
    {
        await Set.InsertAsync("f1", new Film { Title = "first" }, Ct);
        Assert.Null(await Set.InsertAsync("f1", new Film { Title = "second" }, Ct));
        Assert.Equal("first", (await Set.GetAsync("f1", Ct))!.Value.Title);
    }

    [Fact]
    public async Task Of_parallel_inserts_of_an_id_exactly_one_wins()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Set.InsertAsync("same", new Film { Year = i }, Ct))));
        var winner = Assert.Single(made, won => won is not null);
        Assert.Equal(winner!.Value.Year, (await Set.GetAsync("same", Ct))!.Value.Year);
    }

    [Fact]
    public async Task A_replacement_needs_the_current_version()
    {
        await Set.InsertAsync("f1", new Film { Year = 1 }, Ct);
        var second = await Set.ReplaceAsync("f1", 1, new Film { Year = 2 }, Ct);
        Assert.Equal(2, second!.Version);
        Assert.Null(await Set.ReplaceAsync("f1", 1, new Film { Year = 3 }, Ct));
        Assert.Null(await Set.ReplaceAsync("f1", 3, new Film { Year = 3 }, Ct));
        Assert.Equal((2L, 2), ((await Set.GetAsync("f1", Ct))!.Version, (await Set.GetAsync("f1", Ct))!.Value.Year));
    }

    [Fact]
    public async Task A_document_is_found_by_what_it_was_replaced_with()
    {
        await Set.InsertAsync("f1", new Film { Studio = "a", Year = 1 }, Ct);
        foreach (var (version, film) in new[] { new Film { Studio = "a", Year = 2 }, new Film { Year = 2 }, new Film { Studio = "b", Year = 3 } }.Index())
        {
            Assert.NotNull(await Set.ReplaceAsync("f1", version + 1, film, Ct));
            foreach (var studio in (string?[])["a", "b", null])
                Assert.Equal(film.Studio == studio ? 1 : 0, await Set.CountAsync([DocumentFilter.Equal("studio", studio)], Ct));
            foreach (var year in (int[])[1, 2, 3])
                Assert.Equal(film.Year == year ? 1 : 0, await Set.CountAsync([DocumentFilter.Equal("year", year)], Ct));
        }
    }

    [Fact]
    public async Task A_hundred_parallel_increments_count_to_a_hundred()
    {
        await Set.InsertAsync("counter", new Film(), Ct);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() =>
            Set.UpdateAsync("counter", film => film with { Year = film.Year + 1 }, Ct))));
        var end = await Set.GetAsync("counter", Ct);
        Assert.Equal((100, 101L), (end!.Value.Year, end.Version));
    }

    [Fact]
    public async Task A_deletion_may_need_the_current_version()
    {
        await Set.InsertAsync("f1", new Film(), Ct);
        Assert.False(await Set.DeleteAsync("f1", 2, Ct));
        Assert.True(await Set.DeleteAsync("f1", 1, Ct));
        Assert.Null(await Set.GetAsync("f1", Ct));
        Assert.Equal(1, (await Set.InsertAsync("f1", new Film(), Ct))!.Version);
        Assert.True(await Set.DeleteAsync("f1", cancellationToken: Ct));
    }

    [Fact]
    public async Task A_unique_index_refuses_a_second_document_and_keeps_the_first()
    {
        Assert.NotNull(await Set.InsertAsync("1", new Film { Studio = "a", Slug = "x" }, Ct));
        Assert.Null(await Set.InsertAsync("2", new Film { Studio = "a", Slug = "x" }, Ct));
        Assert.NotNull(await Set.InsertAsync("3", new Film { Studio = "b", Slug = "x" }, Ct));
        Assert.NotNull(await Set.InsertAsync("4", new Film { Studio = "a", Slug = "y" }, Ct));
        Assert.Null(await Set.ReplaceAsync("4", 1, new Film { Studio = "a", Slug = "x" }, Ct));
        Assert.Equal("y", (await Set.GetAsync("4", Ct))!.Value.Slug);
        Assert.NotNull(await Set.ReplaceAsync("4", 1, new Film { Studio = "a", Slug = "y", Year = 5 }, Ct));
        await Set.DeleteAsync("1", cancellationToken: Ct);
        Assert.NotNull(await Set.InsertAsync("2", new Film { Studio = "a", Slug = "x" }, Ct));
    }

    [Fact]
    public async Task A_unique_index_ignores_documents_with_a_null_in_it()
    {
        foreach (var id in (string[])["1", "2", "3"]) Assert.NotNull(await Set.InsertAsync(id, new Film { Studio = "a" }, Ct));
        foreach (var id in (string[])["4", "5"]) Assert.NotNull(await Set.InsertAsync(id, new Film { Slug = "s" }, Ct));
    }

    [Fact]
    public async Task Many_documents_are_inserted_and_taken_ones_passed_over()
    {
        await Set.InsertAsync("7", new Film { Title = "kept" }, Ct);
        var films = Enumerable.Range(0, 300).Select(i => KeyValuePair.Create($"{i}", new Film { Year = i })).ToArray();
        Assert.Equal(299, await Set.InsertManyAsync(films, Ct));
        Assert.Equal(0, await Set.InsertManyAsync([], Ct));
        Assert.Equal("kept", (await Set.GetAsync("7", Ct))!.Value.Title);
        Assert.Equal(300, await Set.CountAsync([], Ct));
    }

    [Fact]
    public async Task A_cancelled_write_is_not_made()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Set.InsertAsync("f1", new Film(), new CancellationToken(canceled: true)));
        Assert.Null(await Set.GetAsync("f1", Ct));
    }

    [Theory]
    [MemberData(nameof(HostileIds))]
    public async Task Any_text_is_just_an_id_and_just_a_value(string text)
    {
        await Set.InsertAsync("other", new Film { Studio = "other" }, Ct);
        Assert.NotNull(await Set.InsertAsync(text, new Film { Studio = text }, Ct));
        Assert.Equal(text, (await Set.GetAsync(text, Ct))!.Value.Studio);
        var found = await Set.QueryAsync(new() { Filters = [DocumentFilter.Equal("studio", text)] }, Ct);
        Assert.Equal(text, Assert.Single(found.Items).Id);
        Assert.True(await Set.DeleteAsync(text, cancellationToken: Ct));
        Assert.Equal(1, await Set.CountAsync([], Ct));
    }

    [Theory]
    [MemberData(nameof(ImpossibleIds))]
    public async Task An_impossible_id_finds_nothing_and_cannot_be_inserted(string id)
    {
        Assert.Null(await Set.GetAsync(id, Ct));
        Assert.Null(await Set.ReplaceAsync(id, 1, new Film(), Ct));
        Assert.False(await Set.DeleteAsync(id, cancellationToken: Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.InsertAsync(id, new Film(), Ct));
    }

    [Fact]
    public async Task Collections_do_not_mix()
    {
        var notes = Documents.Set(new DocumentSchema<Film>("notes"));
        await notes.InsertAsync("f1", new Film { Title = "a note" }, Ct);
        Assert.Null(await Set.GetAsync("f1", Ct));
    }
}

public enum FilmState
{
    Announced,
    InCinemas,
}

public sealed record Film
{
    public string Title { get; init; } = "";

    public string? Studio { get; init; }

    public int Year { get; init; }

    public bool Seen { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? Slug { get; init; }

    public FilmState State { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}
