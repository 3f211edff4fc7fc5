using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using FlickStream.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>What a person is told who starts FlickStream on documents that cannot be had.</summary>
public sealed class MongoStartTests : IDisposable
{
    private const string Secret = "open-sesame";

    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Platform:Mongo:ConnectionString is empty")]
    [InlineData("localhost", "Platform:Mongo:ConnectionString is not a MongoDB connection string")]
    [InlineData($"mongodb://user:{Secret}@", "Platform:Mongo:ConnectionString is not a MongoDB connection string")]
    [InlineData($"mongodb://user:{Secret}@host:99999/", "Platform:Mongo:ConnectionString is not a MongoDB connection string")]
    [InlineData($"mongodb://user:{Secret}@host/?retryWrites=maybe", "Platform:Mongo:ConnectionString is not a MongoDB connection string")]
    public async Task A_connection_string_that_is_none_is_refused_without_being_quoted(string text, string sentence)
    {
        using var host = Host(("ConnectionString", text), ("Database", "a/b"), ("CommandTimeout", "00:20:00"));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        Assert.Contains(refusal.Failures, failure => failure.StartsWith(sentence, StringComparison.Ordinal));
        Assert.Contains(refusal.Failures, failure => failure.Contains("Database", StringComparison.Ordinal));
        Assert.Contains(refusal.Failures, failure => failure.Contains("CommandTimeout", StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_server_answers_the_start_fails_in_bounded_time_and_says_what_to_do()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = free.LocalEndpoint.ToString()!;
        free.Stop();
        using var host = Host(("ConnectionString", $"mongodb://user:{Secret}@{address}/?replicaSet=rs0"), ("ServerWait", "00:00:01"));
        var start = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<MongoStartException>(() => host.StartAsync(Ct));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.Equal(
            $"No MongoDB server that takes writes answered at {address} within 00:00:01 (Connection refused). "
            + "Start it, or set Platform:Mongo:ConnectionString to where it is.",
            failure.Message);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stands_alone_is_refused_with_the_way_to_a_replica_set()
    {
        using var server = new ScriptedMongo { Greeting = [] };
        using var host = Host(("ConnectionString", server.ConnectionString));
        var failure = await Assert.ThrowsAsync<MongoStartException>(() => host.StartAsync(Ct));
        Assert.Contains("start mongod with --replSet rs0 and run rs.initiate() once", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_which_are_needed()
    {
        using var server = new ScriptedMongo();
        server.Next(_ => new BsonDocument { { "ok", 0 }, { "code", 13 }, { "errmsg", "command find requires authentication" } });
        using var host = Host(("ConnectionString", server.ConnectionString));
        var failure = await Assert.ThrowsAsync<MongoStartException>(() => host.StartAsync(Ct));
        Assert.Contains("grant the user the role readWrite on flickstream", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"setName":"rs0"}""", "replica set rs0")]
    [InlineData("""{"msg":"isdbgrid"}""", "a sharded cluster")]
    public async Task A_replica_set_or_a_sharded_cluster_is_taken_and_its_password_not_logged(string greeting, string kind)
    {
        using var server = new ScriptedMongo { Greeting = BsonDocument.Parse(greeting) };
        var lines = new LogLines();
        using var host = Host(lines, ("ConnectionString", server.ConnectionString));
        await host.StartAsync(Ct);
        Assert.Contains(lines.Lines, line => line.Contains($"of MongoDB, {kind}", StringComparison.Ordinal));
        Assert.IsType<MongoDocuments>(host.Services.GetRequiredService<IDocuments>());
        Assert.DoesNotContain(lines.Lines, line => line.Contains("mongodb://", StringComparison.Ordinal));
    }

    private IHost Host(params (string Key, string Value)[] settings) => Host(new LogLines(), settings);

    private IHost Host(LogLines lines, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.Path), new("Platform:Documents", "Mongo")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Platform:Mongo:{s.Key}", (string?)s.Value)));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(new DiagnosticListener("test"));
        builder.Logging.AddProvider(lines);
        builder.AddPlatform(PlatformHosting.Standalone);
        return builder.Build();
    }
}
