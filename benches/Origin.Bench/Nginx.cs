using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Origin.Bench;

/// <summary>The baseline: nginx serving files behind the same kind of expiring signed path.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Secret = "bench";
    private readonly Process _process;
    private readonly int _port;

    private Nginx(Process process, int port) => (_process, _port) = (process, port);

    /// <param name="folder">Its files, in <c>www</c>, and all that it writes.</param>
    public static async Task<Nginx> StartAsync(string folder)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            worker_processes auto;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            events { worker_connections 1024; }
            http {
              types { application/vnd.apple.mpegurl m3u8; video/mp4 m4s; }
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 1000000000;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}};
                location ~ ^/play/(?<code>[\w-]+)/(?<until>\d+)/(?<name>.*)$ {
                  secure_link $code,$until;
                  secure_link_md5 "$secure_link_expires {{Secret}}";
                  if ($secure_link = "") { return 403; }
                  if ($secure_link = "0") { return 410; }
                  add_header Access-Control-Allow-Origin *;
                  alias {{folder}}/www/$name;
                }
              }
            }
            """);
        var nginx = new Nginx(Process.Start("nginx", ["-c", configuration, "-p", folder]), port);
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.GetAsync($"http://127.0.0.1:{port}/");
                return nginx;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    public string Url(string name)
    {
        var until = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600).ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA5351 // MD5 is what secure_link knows.
        var code = Convert.ToBase64String(MD5.HashData(Encoding.ASCII.GetBytes($"{until} {Secret}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
#pragma warning restore CA5351
        return $"http://127.0.0.1:{_port}/play/{code}/{until}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
