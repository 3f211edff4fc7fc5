using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Speaks to endpoints that strangers name: only to public addresses, decided by the address that is connected to and not by the name, so
/// that a name with another answer a moment later changes nothing; no proxy, no redirects, no cookies; and no longer, and no more of an answer, than
/// is good.</summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MostOfHeadersKiB = 16;

    // What a connection that is used again may cost.
    private const int MostDrained = 16 * 1024;

    private readonly WebhookSecrets _secrets;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(WebhookSecrets secrets, IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_secrets, _options, _time) = (secrets, options.Value, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MostOfHeadersKiB, MaxResponseDrainSize = MostDrained, ResponseDrainTimeout = TimeSpan.FromSeconds(2),
            ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version11,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("FlickStream", "1"));
    }

    public async Task<DeliveryAttempt> SendAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var (began, at) = (_time.GetTimestamp(), _time.GetUtcNow());
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // By the real clock: it is a stranger's machine that is waited for.
        attempt.CancelAfter(_options.Timeout);
        var (status, fault) = await AskAsync();
        return new(at, status, fault, _time.GetElapsedTime(began).TotalSeconds);

        async Task<(int? Status, string? Fault)> AskAsync()
        {
            var body = Encoding.UTF8.GetBytes(delivery.Body);
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
            request.Headers.Add(WebhookSecrets.Header, _secrets.Sign(endpoint, body, at));
            try
            {
                // Of the answer only its status matters: the body is not read.
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token);
                var code = (int)answer.StatusCode;
                return (code, answer.IsSuccessStatusCode ? null : code is >= 300 and < 400 ? "redirect" : "status");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return (null, "timeout");
            }
            catch (HttpRequestException refused)
            {
                return (null, FaultOf(refused));
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var reachable = Array.FindAll(resolved, address => PublicAddresses.MayReach(address, _options.AllowLoopback));
        if (reachable.Length == 0) throw new AddressNotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string FaultOf(HttpRequestException fault) => fault switch
    {
        { InnerException: AddressNotPublicException } => "address_not_public",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "name_not_found",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        { HttpRequestError: HttpRequestError.ConnectionError } => "connection",
        _ => "protocol",
    };

    private sealed class AddressNotPublicException() : IOException("The name leads to no public address.");
}
