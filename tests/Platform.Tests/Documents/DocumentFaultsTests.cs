using FlickStream.Platform.Documents;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Tests.Documents;

public sealed class DocumentFaultsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_database_that_another_process_holds_is_away_for_now()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "held"), Pooling = false, DefaultTimeout = 1 };
        using var holder = new SqliteConnection(settings.ConnectionString);
        using var other = new SqliteConnection(settings.ConnectionString);
        holder.Open();
        other.Open();
        Run(holder, "CREATE TABLE t (x)");
        Run(holder, "BEGIN EXCLUSIVE");
        Assert.True(DocumentFaults.IsPassing(Assert.Throws<SqliteException>(() => Run(other, "INSERT INTO t VALUES (1)"))));
    }

    [Fact]
    public void A_database_without_room_is_full()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "full")};Pooling=False");
        connection.Open();
        Run(connection, "CREATE TABLE t (x)");
        Run(connection, "PRAGMA max_page_count = 3");
        Assert.True(DocumentFaults.IsFull(Assert.Throws<SqliteException>(() => Run(connection, "INSERT INTO t VALUES (zeroblob(100000))"))));
    }

    [Fact]
    public void A_statement_that_is_wrong_stays_wrong()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Assert.False(DocumentFaults.IsPassing(Assert.Throws<SqliteException>(() => Run(connection, "SELECT FROM"))));
        Assert.False(DocumentFaults.IsPassing(new TimeoutException("of something else")));
    }

    [Fact]
    public async Task A_server_that_cannot_be_found_is_away_for_now()
    {
        // The discard port: nothing listens there.
        using var client = new MongoClient("mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200&connectTimeoutMS=200");
        var fault = await Assert.ThrowsAnyAsync<Exception>(
            () => client.GetDatabase("d").GetCollection<BsonDocument>("c").Find(new BsonDocument()).AnyAsync(TestContext.Current.CancellationToken));
        Assert.True(DocumentFaults.IsPassing(fault), fault.ToString());
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
