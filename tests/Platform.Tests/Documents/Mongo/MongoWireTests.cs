using System.Diagnostics;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>What goes over the wire, and what its answers mean: with a real driver and no server behind it.</summary>
public sealed class MongoWireTests : IDisposable
{
    private static readonly DocumentSchema<Film> Films = new DocumentSchema<Film>("films")
        .Field("studio", f => f.Studio).Field("year", f => f.Year).Index("studio", "year");

    private readonly ScriptedMongo _server = new();
    private readonly MongoDocuments _documents;

    public MongoWireTests() => _documents = new MongoDocuments(
        new MongoOptions
        {
            ConnectionString = _server.ConnectionString, Database = "test",
            ServerWait = TimeSpan.FromSeconds(10), CommandTimeout = TimeSpan.FromSeconds(3),
        },
        NullLogger<MongoDocuments>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _documents.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Opening_asks_for_the_indexes_once_and_then_for_what_lacks_a_field()
    {
        var set = await OpenAsync();
        await set.GetAsync("x", Ct);
        Assert.Equal(["listIndexes", "createIndexes", "distinct", "find"], _opening.Append(Name(Assert.Single(_server.Commands))));
    }

    [Fact]
    public async Task A_replacement_is_one_command_by_id_and_version_that_a_majority_acknowledges()
    {
        var set = await OpenAsync();
        _server.Next(_ => ScriptedMongo.Ok("""{"n":1,"nModified":1}"""));
        Assert.Equal(5, (await set.ReplaceAsync("f1", 4, new Film { Studio = "a", Year = 7 }, Ct))!.Version);
        var sent = Assert.Single(_server.Commands);
        Assert.Equal(
            BsonDocument.Parse(
                """
                {"update":"films","ordered":true,"writeConcern":{"w":"majority","wtimeout":3000.0,"j":true},"txnNumber":{"$numberLong":"1"},"$db":"test",
                 "updates":[{"q":{"_id":"f1","version":{"$numberLong":"4"}},"u":{"_id":"f1","version":{"$numberLong":"5"},"declared":"studio,year",
                   "fields":{"studio":"a","year":{"$numberLong":"7"}},"json":"JSON"}}]}
                """),
            Plain(sent, json: "JSON"));
    }

    [Fact]
    public async Task A_page_is_read_from_the_primary_as_a_majority_holds_it_in_one_answer()
    {
        var set = await OpenAsync();
        await set.QueryAsync(new() { Filters = [DocumentFilter.Equal("studio", "a")], Sort = [new("year")], Limit = 500 }, Ct);
        Assert.Equal(
            BsonDocument.Parse(
                """
                {"find":"films","filter":{"fields.studio":{"$eq":"a"}},"sort":{"fields.year":1,"_id":1},"limit":501,"batchSize":502,
                 "maxTimeMS":3000,"readConcern":{"level":"majority"},"$db":"test"}
                """),
            Plain(Assert.Single(_server.Commands)));
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task A_write_whose_answer_was_lost_is_sent_again_under_the_same_number_and_counts_once(string command)
    {
        var set = await OpenAsync();
        _server.Next(_ => null);
        _server.Next(_ => ScriptedMongo.Ok("""{"n":1,"nModified":1}"""));
        Assert.True(command switch
        {
            "insert" => await set.InsertAsync("f1", new Film(), Ct) is { Version: 1 },
            "update" => await set.ReplaceAsync("f1", 1, new Film(), Ct) is { Version: 2 },
            _ => await set.DeleteAsync("f1", 1, Ct),
        });
        var sent = _server.Commands.ToArray();
        Assert.Equal([command, command], sent.Select(Name));
        Assert.Equal((sent[0]["lsid"], sent[0]["txnNumber"]), (sent[1]["lsid"], sent[1]["txnNumber"]));
    }

    [Fact]
    public async Task A_write_of_which_no_answer_came_is_an_exception_and_never_a_refusal()
    {
        var set = await OpenAsync();
        for (var i = 0; i < 6; i++) _server.Next(_ => null);
        await Assert.ThrowsAsync<MongoConnectionException>(() => set.InsertAsync("f1", new Film(), Ct));
        await Assert.ThrowsAsync<MongoConnectionException>(() => set.ReplaceAsync("f1", 1, new Film(), Ct));
        await Assert.ThrowsAsync<MongoConnectionException>(() => set.DeleteAsync("f1", 1, Ct));
        Assert.Equal(6, _server.Commands.Count);
    }

    [Theory]
    [InlineData("""{"n":0,"writeErrors":[{"index":0,"code":11000,"errmsg":"E11000 duplicate key"}]}""", null)]
    [InlineData("""{"n":0,"writeErrors":[{"index":0,"code":121,"errmsg":"Document failed validation"}]}""", typeof(MongoWriteException))]
    [InlineData("""{"n":1,"writeConcernError":{"code":64,"errmsg":"waiting for replication timed out"}}""", typeof(MongoWriteException))]
    [InlineData("""{"ok":0,"code":13,"errmsg":"not authorized"}""", typeof(MongoCommandException))]
    public async Task Only_a_taken_id_or_value_is_a_refusal(string answer, Type? failure)
    {
        var set = await OpenAsync();
        foreach (var write in (Func<Task<Stored<Film>?>>[])[() => set.InsertAsync("f1", new Film(), Ct), () => set.ReplaceAsync("f1", 1, new Film(), Ct)])
        {
            _server.Next(_ => new BsonDocument("ok", 1).Merge(BsonDocument.Parse(answer), overwriteExistingElements: true));
            if (failure is null) Assert.Null(await write());
            else await Assert.ThrowsAsync(failure, write);
        }
    }

    [Fact]
    public async Task Of_many_insertions_those_that_were_taken_do_not_count_and_any_other_error_is_one()
    {
        var set = await OpenAsync();
        KeyValuePair<string, Film>[] films = [new("1", new Film()), new("2", new Film()), new("3", new Film())];
        _server.Next(_ => ScriptedMongo.Ok("""{"n":2,"writeErrors":[{"index":1,"code":11000,"errmsg":"E11000 duplicate key"}]}"""));
        Assert.Equal(2, await set.InsertManyAsync(films, Ct));
        Assert.False(_server.Commands.Single()["ordered"].AsBoolean);
        _server.Next(_ => ScriptedMongo.Ok(
            """{"n":1,"writeErrors":[{"index":1,"code":11000,"errmsg":"E11000 duplicate key"},{"index":2,"code":121,"errmsg":"invalid"}]}"""));
        await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() => set.InsertManyAsync(films, Ct));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_in_bounded_time()
    {
        var set = await OpenAsync();
        using var never = new ManualResetEventSlim();
        for (var i = 0; i < 2; i++) _server.Next(_ => { never.Wait(TimeSpan.FromSeconds(60), CancellationToken.None); return null; });
        var start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<MongoException>(() => set.GetAsync("f1", Ct));

        // Two attempts of a command's time and the grace for the network.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(25));
        never.Set();
    }

    [Fact]
    public async Task An_opening_that_failed_is_tried_again_by_the_next_call()
    {
        var set = _documents.Set(Films);
        _server.Next(_ => ScriptedMongo.Ok("""{"ok":0,"code":13,"errmsg":"not authorized"}""").Merge(new BsonDocument("ok", 0), true));
        await Assert.ThrowsAsync<MongoCommandException>(() => set.GetAsync("f1", Ct));
        Assert.Null(await set.GetAsync("f1", Ct));
    }

    private string[] _opening = [];

    private async Task<IDocumentSet<Film>> OpenAsync()
    {
        var set = _documents.Set(Films);
        Assert.Null(await set.GetAsync("opens", Ct));
        _opening = [.. _server.Commands.Select(Name).SkipLast(1)];
        _server.Commands.Clear();
        return set;
    }

    private static string Name(BsonDocument command) => command.GetElement(0).Name;

    /// <summary>Without what is the driver's own, and with the value's text by another name.</summary>
    private static BsonDocument Plain(BsonDocument command, string? json = null)
    {
        foreach (var own in (string[])["lsid", "$clusterTime", "$readPreference"]) command.Remove(own);
        if (json is not null) command["updates"][0]["u"]["json"] = json;
        return command;
    }
}
