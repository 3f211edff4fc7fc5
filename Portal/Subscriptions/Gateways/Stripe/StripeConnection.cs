using System.Net;
using Microsoft.Extensions.Options;
using Stripe;

namespace FlickStream.Portal.Subscriptions.Gateways.Stripe;

/// <summary>The way to Stripe, and what its failures mean.</summary>
internal sealed class StripeConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly StripeClient _client;

    public StripeConnection(IOptions<StripeOptions> options)
    {
        _http = new HttpClient { Timeout = options.Value.Timeout };
        WebhookSecret = System.IO.File.ReadAllText(options.Value.WebhookSecretFile!).Trim();
        _client = new StripeClient(new StripeClientOptions
        {
            ApiKey = System.IO.File.ReadAllText(options.Value.KeyFile!).Trim(), ApiBase = options.Value.ApiBase.ToString().TrimEnd('/'),
            // Whoever calls does so again, with the same key.
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: 0, enableTelemetry: false),
        });
    }

    public string WebhookSecret { get; }

    /// <param name="call">The call.</param>
    /// <param name="refused">What Stripe's refusal means, where it means something.</param>
    /// <exception cref="GatewayUnavailableException">Whether it was done is not known.</exception>
    /// <exception cref="GatewayRefusedException">Stripe refused, and that means nothing else.</exception>
    public async Task<T> CallAsync<T>(Func<StripeClient, Task<T>> call, Func<StripeException, Task<T>>? refused = null)
    {
        try
        {
            return await call(_client);
        }
        catch (StripeException fault) when (IsPassing(fault))
        {
            throw new GatewayUnavailableException($"Stripe does not answer: {fault.Message}", fault);
        }
        catch (StripeException fault) when (refused is not null)
        {
            return await refused(fault);
        }
        catch (StripeException fault)
        {
            throw Refusal(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new GatewayUnavailableException($"Stripe cannot be reached: {fault.Message}", fault);
        }
    }

    public static GatewayRefusedException Refusal(StripeException fault) =>
        new($"Stripe refuses: {fault.Message}", fault) { Code = fault.StripeError.Code ?? fault.StripeError.Type };

    public void Dispose() => _http.Dispose();

    // 409: the same key is being worked on at this moment. 401 and 403 are about the installation's key, and no error of Stripe's own is a proxy's.
    private static bool IsPassing(StripeException fault) => fault.StripeError is null ||
        fault.HttpStatusCode is 0 or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
