using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>Speaks MongoDB's wire protocol and knows nothing: it shows what the driver really sends, and answers as a test tells it to,
/// or not at all. What a server does with a command is for <see cref="MongoDocumentsTests"/>.</summary>
internal sealed class ScriptedMongo : IDisposable
{
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<BsonDocument, BsonDocument?>> _script = new();

    public ScriptedMongo()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string ConnectionString => $"mongodb://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/?directConnection=true";

    /// <summary>Commands in the order in which they came, without greetings.</summary>
    public ConcurrentQueue<BsonDocument> Commands { get; } = new();

    /// <summary>What greetings say beside what any server says; a member of a replica set unless changed.</summary>
    public BsonDocument Greeting { get; init; } = new() { { "setName", "rs0" }, { "primary", "127.0.0.1" }, { "setVersion", 1 } };

    /// <summary>Answers a command; null breaks the connection. What is not scripted is answered as by an empty database.</summary>
    public void Next(Func<BsonDocument, BsonDocument?> answer) => _script.Enqueue(answer);

    public static BsonDocument Ok(string json = "{}") => new BsonDocument("ok", 1).Merge(BsonDocument.Parse(json));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        var header = new byte[16];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(header, _stop.Token);
                var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - header.Length];
                await stream.ReadExactlyAsync(body, _stop.Token);
                var (id, kind) = (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)));
                var answer = Answer(kind == OpQuery ? Query(body) : Message(body));
                if (answer is null) return;
                await stream.WriteAsync(kind == OpQuery ? Reply(id, answer) : MessageOf(id, answer), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The driver closed the connection, or the test is over.
        }
    }

    private BsonDocument? Answer(BsonDocument command)
    {
        var name = command.GetElement(0).Name;
        if (name.Equals("isMaster", StringComparison.OrdinalIgnoreCase) || name == "hello")
        {
            return Ok("""
                {"helloOk":true,"ismaster":true,"isWritablePrimary":true,"minWireVersion":0,"maxWireVersion":21,"maxBsonObjectSize":16777216,
                 "maxMessageSizeBytes":48000000,"maxWriteBatchSize":100000,"logicalSessionTimeoutMinutes":30,"connectionId":1}
                """).Merge(Greeting, overwriteExistingElements: true);
        }

        if (name == "endSessions") return Ok();
        Commands.Enqueue(command);
        return _script.TryDequeue(out var answer) ? answer(command) : name switch
        {
            "listIndexes" or "find" => Ok("""{"cursor":{"id":{"$numberLong":"0"},"ns":"test.films","firstBatch":[]}}"""),
            "distinct" => Ok("""{"values":[]}"""),
            _ => Ok(),
        };
    }

    private static BsonDocument Query(byte[] body)
    {
        var name = Array.IndexOf(body, (byte)0, 4);
        return Read(body.AsSpan(name + 1 + 8));
    }

    private static BsonDocument Message(byte[] body)
    {
        BsonDocument? command = null;
        var lists = new List<BsonElement>();
        for (var at = 4; at < body.Length;)
        {
            var isList = body[at++] == 1;
            var end = at + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            if (!isList)
            {
                command = Read(body.AsSpan(at));
            }
            else
            {
                var name = Array.IndexOf(body, (byte)0, at + 4);
                var list = new BsonElement(Encoding.ASCII.GetString(body, at + 4, name - at - 4), new BsonArray());
                for (at = name + 1; at < end; at += BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)))
                    list.Value.AsBsonArray.Add(Read(body.AsSpan(at)));
                lists.Add(list);
            }

            at = end;
        }

        return command!.AddRange(lists);
    }

    private static BsonDocument Read(ReadOnlySpan<byte> bytes) =>
        BsonSerializer.Deserialize<BsonDocument>(bytes[..BinaryPrimitives.ReadInt32LittleEndian(bytes)].ToArray());

    private static byte[] MessageOf(int request, BsonDocument answer) => Framed(request, OpMsg, [0, 0, 0, 0, 0, .. answer.ToBson()]);

    // Flags, cursor, first document, and that it is one.
    private static byte[] Reply(int request, BsonDocument answer) =>
        Framed(request, OpReply, [8, 0, 0, 0, .. new byte[12], 1, 0, 0, 0, .. answer.ToBson()]);

    private static byte[] Framed(int request, int kind, byte[] body)
    {
        var message = new byte[16 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), request);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), kind);
        body.CopyTo(message, 16);
        return message;
    }
}
