using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Content keys of a studio's DRM key server: CPIX 2.3 by SPEKE 2.0.</summary>
internal sealed class KeyServer(IOptions<KeyServerOptions> options, IHttpClientFactory clients, TimeProvider time) : ITitleKeySource
{
    private const string SpekeVersion = "2.0";

    private readonly ResiliencePipeline<HttpResponseMessage> _retrying = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TaskCanceledException>(e => e.InnerException is TimeoutException)
                .HandleResult(answer => (int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.TooManyRequests),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    public bool IsLicensed => true;

    public async Task<IReadOnlyList<ContentKey>> MakeAsync(
        string contentId, IReadOnlyList<WantedKey> wanted, CancellationToken cancellationToken)
    {
        var body = CpixRequest.Write(contentId, wanted, options.Value.Systems);
        try
        {
            using var answer = await _retrying.ExecuteAsync(async token => await PostAsync(body, token), cancellationToken);
            var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            try
            {
                return answer.StatusCode == HttpStatusCode.OK ? CpixResponse.Read(content, wanted) : throw Refused(answer, content);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }
        catch (HttpRequestException e)
        {
            throw new KeysUnavailableException($"The key server {options.Value.Url} cannot be asked: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new KeysUnavailableException($"The key server {options.Value.Url} gave no answer in {options.Value.Timeout}.", e);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.Add("X-Speke-Version", SpekeVersion);
        using var client = clients.CreateClient(KeyServerClient.Name);
        return await client.SendAsync(request, cancellationToken);
    }

    // An error's text is for people; an answer that was to hold keys is never shown.
    private KeysUnavailableException Refused(HttpResponseMessage answer, byte[] content)
    {
        var text = (int)answer.StatusCode >= 400 ? System.Text.Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(200, content.Length))).Trim() : "";
        return new KeysUnavailableException(
            $"The key server {options.Value.Url} answered {(int)answer.StatusCode}{(text.Length > 0 ? $": {text}" : "")}.");
    }
}
