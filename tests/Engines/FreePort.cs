using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FlickStream.Engines;

public static class FreePort
{
    /// <summary>Above those of well-known services and of those that browsers refuse.</summary>
    private const int First = 20_000;

    /// <summary>From here on Linux gives ports to whoever asks for any (ip_local_port_range, as it comes).</summary>
    private const int End = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Found = new();

    /// <summary>
    /// One that nothing listens on now, for a program that is started, or started again, at leisure: connections and servers that take
    /// any port get none of these, and nobody in this process is told the same twice.
    /// </summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (Found.TryAdd(port, true) && IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
