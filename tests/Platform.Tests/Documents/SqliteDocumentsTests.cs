using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Tests.Documents;

public sealed class SqliteDocumentsTests : DocumentsContract, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDocuments _documents;
    private readonly List<SqliteDocuments> _others = [];

    public SqliteDocumentsTests() => _documents = new SqliteDocuments(_folder.In("documents.sqlite"));

    protected override IDocuments Documents => _documents;

    private static DocumentFilter Studio => DocumentFilter.Equal("studio", "a");

    public async ValueTask DisposeAsync()
    {
        await _documents.DisposeAsync();
        foreach (var other in _others) await other.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string, DocumentQuery> IndexedQueries => new()
    {
        { "ix_films__studio__year", new() { Filters = [Studio], Sort = [new("year")] } },
        { "ix_films__studio__year", new() { Filters = [Studio], Sort = [new("year", Descending: true)] } },
        { "ix_films__studio__year", new() { Filters = [Studio, DocumentFilter.Above("year", 1990)], Sort = [new("year")] } },
        { "ix_films__studio__year", new() { Filters = [Studio, DocumentFilter.Equal("year", 1)] } },
        { "ix_films__studio__year", new() { Filters = [Studio, DocumentFilter.In("year", [3, 6])], Sort = [new("year")] } },
        { "ix_films__studio__year", new() { Sort = [new("studio"), new("year")] } },
        { "ix_films__studio__year", new() { Sort = [new("studio", true), new("year", true)] } },
        { "ix_films__at", new() { Sort = [new("at", Descending: true)] } },
        { "ix_films__at", new() { Filters = [DocumentFilter.Below("at", DateTimeOffset.UnixEpoch)], Sort = [new("at")] } },
        { "ix_films_unique__studio__slug", new() { Filters = [Studio, DocumentFilter.Equal("slug", "s")] } },
        { "ix_films_sparse__slug", new() { Filters = [DocumentFilter.Equal("slug", "7")] } },
        { "ix_films_sparse__slug", new() { Filters = [DocumentFilter.Above("slug", "1"), DocumentFilter.AtMost("slug", "5")], Sort = [new("slug")] } },
    };

    [Theory]
    [MemberData(nameof(IndexedQueries), DisableDiscoveryEnumeration = true)]
    public async Task A_query_that_an_index_fits_reads_that_index_and_sorts_nothing(string index, DocumentQuery query)
    {
        var films = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"{i:D3}", new Film
        {
            Studio = i % 3 == 0 ? "a" : null, Year = i, At = DateTimeOffset.UnixEpoch.AddDays(-i), Slug = $"{i}",
        })).ToArray();
        await Set.InsertManyAsync(films, Ct);
        var set = (SqliteDocumentSet<Film>)Set;
        await ExpectAsync(query);

        // Pages after the first must not cost more than the first.
        var next = (await Set.QueryAsync(query with { Limit = 1 }, Ct)).Next;
        if (next is not null) await ExpectAsync(query with { After = next });

        async Task ExpectAsync(DocumentQuery shape)
        {
            foreach (var (sql, values) in set.Plan(shape))
            {
                var plan = await _documents.Database.WriteAsync(session => Explain(session, sql, values), Ct);
                Assert.Contains(index, plan);
                Assert.DoesNotContain("TEMP B-TREE", plan);
            }
        }
    }

    [Fact]
    public async Task A_sparse_index_holds_only_documents_whose_field_has_a_value_and_all_are_found()
    {
        for (var number = 0; number < 100; number++) await Set.InsertAsync($"{number:d2}", new Film { Slug = number == 7 ? "seven" : null }, Ct);
        Assert.Equal(1, await EntriesAsync());
        Assert.Equal(100, (await Set.QueryAsync(new() { Sort = [new("slug")] }, Ct)).Items.Count);
        Assert.Equal(99, await Set.CountAsync([DocumentFilter.Equal("slug", null)], Ct));
        await Set.UpdateAsync("07", film => film with { Slug = null }, Ct);
        Assert.Equal(0, await EntriesAsync());

        // The engine's own statistics of an index: its entries come first.
        Task<int> EntriesAsync() => _documents.Database.WriteAsync(
            session =>
            {
                session.Execute("ANALYZE d_films");
                using var rows = session.Read("SELECT stat FROM sqlite_stat1 WHERE idx = $0", "ix_films_sparse__slug");
                return rows.Read() ? int.Parse(rows.GetString(0).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
            },
            Ct);
    }

    [Fact]
    public async Task A_query_is_planned_once_whatever_it_is_asked_with()
    {
        await Set.InsertAsync("1", new Film(), Ct);
        var (sql, values) = Assert.Single(((SqliteDocumentSet<Film>)Set).Plan(new() { Filters = [Studio], Sort = [new("year")] }));
        var replannings = _documents.Database.Read(session =>
        {
            foreach (var limit in (long[])[1, 2, 3])
            {
                using var rows = session.Read(sql, [.. values[..^1], limit]);
                rows.Read();
            }

            using var last = session.Read(sql, values);
            return last.Replannings;
        });
        Assert.Equal(0, replannings);
    }

    [Fact]
    public async Task A_newer_schema_makes_its_indexes_over_the_documents_that_exist()
    {
        await _documents.Set(new DocumentSchema<Film>("growing").Field("year", f => f.Year)).InsertAsync("1", new Film(), Ct);
        var later = Open();
        var set = (SqliteDocumentSet<Film>)later.Set(
            new DocumentSchema<Film>("growing").Field("year", f => f.Year).Field("studio", f => f.Studio).Index("studio", "year"));
        await set.CountAsync([], Ct);
        var (sql, values) = Assert.Single(set.Plan(new() { Filters = [DocumentFilter.Equal("studio", "s1")], Sort = [new("year")] }));
        Assert.Contains("ix_growing__studio__year", await later.Database.WriteAsync(session => Explain(session, sql, values), Ct));
    }

    [Fact]
    public async Task A_write_that_fails_takes_none_of_its_neighbours_with_it()
    {
        await Set.InsertAsync("0", new Film(), Ct);
        using var held = new ManualResetEventSlim();
        var first = _documents.Database.WriteAsync(_ => held.Wait(TimeSpan.FromSeconds(30), Ct), Ct);
        var before = Set.InsertAsync("1", new Film(), Ct);
        var broken = _documents.Database.WriteAsync<int>(
            session => session.Execute("DELETE FROM d_films") > 0 ? throw new InvalidOperationException("broken") : 0, Ct);
        var after = Set.InsertAsync("2", new Film(), Ct);
        held.Set();
        Assert.True(await first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.NotNull(await before);
        Assert.NotNull(await after);
        Assert.Equal(3, await Set.CountAsync([], Ct));
    }

    /// <summary>It begins anew only when all of it is in the database, which somebody who always writes never lets be.</summary>
    [Fact]
    public async Task The_log_does_not_grow_while_several_write_without_a_pause()
    {
        var (text, log) = (new string('x', 8000), _folder.In("documents.sqlite-wal"));
        var longest = (await Task.WhenAll(Enumerable.Range(0, 4).Select(WriteAsync))).Max();
        var written = new FileInfo(_folder.In("documents.sqlite")).Length;
        Assert.True(longest < written / 3, $"The log took {longest} bytes, the database {written}.");
        Assert.Equal(2400, await Set.QueryAllAsync(new(), Ct).CountAsync(Ct));

        async Task<long> WriteAsync(int writer)
        {
            var longest = 0L;
            for (var number = 0; number < 600; number++)
            {
                await Set.InsertAsync($"{writer} {number}", new Film { Slug = $"{writer} {number} {text}" }, Ct);
                longest = Math.Max(longest, new FileInfo(log).Length);
            }

            return longest;
        }
    }

    [Fact]
    public async Task A_failed_query_does_no_harm_to_the_next()
    {
        await Set.InsertAsync("1", new Film(), Ct);
        await _documents.Database.WriteAsync(session => session.Execute("UPDATE d_films SET json = '{'"), Ct);
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => Set.QueryAsync(new(), Ct));
        await _documents.Database.WriteAsync(session => session.Execute("UPDATE d_films SET json = '{}'"), Ct);
        Assert.Single((await Set.QueryAsync(new(), Ct)).Items);
    }

    private static string Explain(SqliteSession session, string sql, object?[] values)
    {
        using var reader = session.Read($"EXPLAIN QUERY PLAN {sql}", values);
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    protected override IDocuments OpenAnother() => Open();

    private SqliteDocuments Open()
    {
        _others.Add(new SqliteDocuments(_folder.In("documents.sqlite")));
        return _others[^1];
    }
}
