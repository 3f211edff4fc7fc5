using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlickStream.Portal.Bench;

/// <summary>One connection, on which one request at a time is under way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    public LoadConnection(int port)
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(IPAddress.Loopback, port);
    }

    public Socket Socket { get; }

    /// <summary>When the request was sent.</summary>
    public long SentAt { get; set; }

    /// <summary>Of an answer that is whole, without the marks of chunks.</summary>
    public byte[] Body
    {
        get
        {
            var answer = _bytes.AsSpan(0, _length);
            var head = answer.IndexOf("\r\n\r\n"u8);
            var body = answer[(head + 4)..];
            if (answer[..head].IndexOf("Transfer-Encoding: chunked"u8) < 0) return body.ToArray();
            var whole = new List<byte>();
            while (body.IndexOf("\r\n"u8) is var end and > 0 && int.Parse(body[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
            {
                whole.AddRange(body.Slice(end + 2, size));
                body = body[(end + size + 4)..];
            }

            return [.. whole];
        }
    }

    public string Text => Encoding.UTF8.GetString(_bytes, 0, _length);

    public void Send(ReadOnlySpan<byte> request)
    {
        _length = 0;
        Socket.Send(request);
    }

    /// <summary>Takes what has come; the status once the answer is whole, else 0.</summary>
    public int Receive()
    {
        if (_length == _bytes.Length) Array.Resize(ref _bytes, 2 * _length);
        var read = Socket.Receive(_bytes.AsSpan(_length));
        if (read == 0) throw new InvalidOperationException("The server closed a connection.");
        _length += read;
        var answer = _bytes.AsSpan(0, _length);
        var head = answer.IndexOf("\r\n\r\n"u8);
        return head >= 0 && IsWhole(answer, head) ? int.Parse(answer[9..12], NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer, int head)
    {
        var headers = answer[..head];
        var body = answer[(head + 4)..];
        var at = headers.IndexOf("\r\nContent-Length: "u8);
        if (at < 0) return headers.IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
        var digits = headers[(at + 18)..];
        var end = digits.IndexOf((byte)'\r');
        return body.Length >= int.Parse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
