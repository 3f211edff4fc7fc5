using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FlickStream.Ingest.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>A PATCH on a connection of its own, which sends only part of its body. HttpClient would not read an answer that comes
/// before it has sent all.</summary>
internal sealed class RawPatch : IDisposable
{
    private readonly TcpClient _connection;

    private RawPatch(TcpClient connection) => _connection = connection;

    /// <summary>Returns when the server has begun to take the body.</summary>
    public static async Task<RawPatch> StartAsync(
        IngestHost host, string url, long offset, byte[] bytes, int send, params (string Name, string Value)[] headers)
    {
        var patch = new RawPatch(new TcpClient());
        await patch._connection.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        (string Name, string Value)[] all =
        [
            ("Host", "localhost"),
            ("Authorization", host.Client.DefaultRequestHeaders.Authorization!.ToString()),
            ("Tus-Resumable", "1.0.0"),
            ("Content-Type", "application/offset+octet-stream"),
            ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)),
            ("Content-Length", bytes.Length.ToString(CultureInfo.InvariantCulture)),
            .. headers,
        ];
        var head = $"PATCH {url} HTTP/1.1\r\n{string.Concat(all.Select(h => $"{h.Name}: {h.Value}\r\n"))}\r\n";
        var stream = patch._connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(bytes.AsMemory(0, send));
        var writers = host.Services.GetRequiredService<UploadWriters>();
        await Until.TrueAsync(() => writers.IsWriting(url[^20..]));
        return patch;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _connection.GetStream().WriteAsync(bytes);

    /// <summary>Status and text of the answer.</summary>
    public async Task<(int Status, string Text)> AnswerAsync()
    {
        var buffer = new byte[16 << 10];
        var text = new StringBuilder();
        var read = 0;
        do
        {
            read = await _connection.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        while (read > 0 && !text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal));
        return (int.Parse(text.ToString(9, 3), CultureInfo.InvariantCulture), text.ToString());
    }

    public void Dispose() => _connection.Dispose();
}
