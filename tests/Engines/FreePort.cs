using System.Net;
using System.Net.Sockets;

namespace FlickStream.Engines;

public static class FreePort
{
    /// <summary>One that nothing listens on now. Another program may take it before it is used.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
