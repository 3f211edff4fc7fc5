using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>On a real server; each test has a database of its own, which goes with it.</summary>
[NeedsMongo]
public sealed class MongoDocumentsTests(MongoServer server) : DocumentsContract, IAsyncLifetime
{
    private readonly List<MongoDocuments> _opened = [];
    private MongoOptions _options = new();

    protected override IDocuments Documents => _opened[0];

    public static TheoryData<string, DocumentQuery> IndexedQueries => new()
    {
        { "ix_studio__year", new() { Filters = [Studio], Sort = [new("year")] } },
        { "ix_studio__year", new() { Filters = [Studio], Sort = [new("year", Descending: true)] } },
        { "ix_studio__year", new() { Filters = [Studio, DocumentFilter.Above("year", 1990L)], Sort = [new("year")] } },
        { "ix_studio__year", new() { Sort = [new("studio"), new("year")] } },
        { "ix_studio__year", new() { Sort = [new("studio", true), new("year", true)] } },
        { "ix_at", new() { Sort = [new("at", Descending: true)] } },
        { "ix_at", new() { Filters = [DocumentFilter.Below("at", 0L)], Sort = [new("at")] } },
        { "ux_studio__slug", new() { Filters = [Studio, DocumentFilter.Equal("slug", "7")] } },
        { "ix_sparse__slug", new() { Filters = [DocumentFilter.Above("slug", "1"), DocumentFilter.AtMost("slug", "5")], Sort = [new("slug")] } },
    };

    private static DocumentFilter Studio => DocumentFilter.Equal("studio", "a");

    public async ValueTask InitializeAsync()
    {
        var connectionString = await server.ConnectionStringAsync();
        _options = new MongoOptions { ConnectionString = connectionString, Database = $"flickstream_test_{Guid.NewGuid():n}" };
        OpenAnother();
    }

    public async ValueTask DisposeAsync()
    {
        if (_opened.Count > 0) await _opened[0].Connection.Database.Client.DropDatabaseAsync(_options.Database);
        foreach (var documents in _opened) documents.Dispose();
    }

    protected override IDocuments OpenAnother()
    {
        _opened.Add(new MongoDocuments(_options, NullLogger<MongoDocuments>.Instance));
        return _opened[^1];
    }

    [Fact]
    public async Task The_server_is_one_that_can_keep_the_promises() => await _opened[0].CheckAsync(Ct);

    [Theory]
    [MemberData(nameof(IndexedQueries), DisableDiscoveryEnumeration = true)]
    public async Task A_query_that_an_index_fits_reads_that_index_and_sorts_nothing(string index, DocumentQuery query)
    {
        var films = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"{i:D3}", new Film
        {
            Studio = i % 3 == 0 ? "a" : null, Year = i, At = DateTimeOffset.UnixEpoch.AddDays(-i), Slug = $"{i}",
        })).ToArray();
        await Set.InsertManyAsync(films, Ct);
        var next = (await Set.QueryAsync(query with { Limit = 1 }, Ct)).Next;
        var after = next is null ? null : DocumentCursor.Decode(next, query.Sort);
        foreach (var filter in MongoQuery.Page(query.Filters, query.Sort, null).Concat(after is null ? [] : MongoQuery.Page(query.Filters, query.Sort, after)))
        {
            var plan = (await _opened[0].Connection.Database.RunCommandAsync<BsonDocument>(
                new BsonDocument
                {
                    { "explain", new BsonDocument { { "find", "films" }, { "filter", filter }, { "sort", MongoQuery.Order(query.Sort) }, { "limit", 2 } } },
                    { "verbosity", "queryPlanner" },
                },
                cancellationToken: Ct))["queryPlanner"]["winningPlan"].ToJson();
            Assert.Contains($"\"{index}\"", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("\"SORT\"", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("\"COLLSCAN\"", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_processes_may_open_a_collection_at_once()
    {
        var processes = Enumerable.Range(0, 8).Select(_ => OpenAnother()).ToArray();
        var made = await Task.WhenAll(processes.Select((process, i) => Task.Run(() => process.Set(Films).InsertAsync($"{i}", new Film { Year = i }, Ct))));
        Assert.DoesNotContain(null, made);
        Assert.Equal(8, await Set.CountAsync([], Ct));
    }

    [Fact]
    public async Task The_fields_that_another_release_keeps_stay_when_this_one_fills_its_own()
    {
        var other = new DocumentSchema<Film>("growing").Field("studio", f => f.Studio).Index("studio");
        await Documents.Set(other).InsertAsync("1", new Film { Year = 7, Studio = "a" }, Ct);
        Assert.Equal(1, await OpenAnother().Set(new DocumentSchema<Film>("growing").Field("year", f => f.Year)).CountAsync([DocumentFilter.Equal("year", 7)], Ct));
        Assert.Equal(1, await OpenAnother().Set(other).CountAsync([DocumentFilter.Equal("studio", "a")], Ct));
        Assert.Equal(1, (await Documents.Set(other).GetAsync("1", Ct))!.Version);
    }
}
