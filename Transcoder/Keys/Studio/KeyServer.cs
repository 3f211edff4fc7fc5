using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Content keys of a studio's DRM key server: CPIX 2.3 by SPEKE 2.0.</summary>
internal sealed partial class KeyServer(
    IOptions<KeyServerOptions> options, IHttpClientFactory clients, TimeProvider time, ILogger<KeyServer> logger) : ITitleKeySource
{
    private const string SpekeVersion = "2.0";

    // Characters of a refusal.
    private const int LongestWords = 200;

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
                return answer.StatusCode == HttpStatusCode.OK ? CpixResponse.Read(content, wanted, options.Value.Systems) : throw Refused(answer, content);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }
        catch (HttpRequestException e)
        {
            throw new KeysUnavailableException($"The key server {Host} cannot be asked: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new KeysUnavailableException($"The key server {Host} gave no answer in {options.Value.Timeout}.", e);
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

    // What studios and viewers of jobs are told names the host and nothing of the address behind it.
    private string Host => options.Value.Url!.Host;

    // A server may repeat what it was sent, or the keys: its words are for operators, and nothing in them that could be a secret.
    private KeysUnavailableException Refused(HttpResponseMessage answer, byte[] content)
    {
        var words = Encoding.UTF8.GetString(content);
        foreach (var secret in options.Value.Headers.Values.Append(options.Value.Password).Where(secret => secret.Length > 0))
            words = words.Replace(secret, "…", StringComparison.Ordinal);
        // Cut last: half a secret would not be known for one.
        words = Controls().Replace(Tokens().Replace(words, "…"), " ");
        logger.LogWarning("The key server {Host} answered {Status}: {Words}", Host, (int)answer.StatusCode, words[..Math.Min(LongestWords, words.Length)]);
        return new KeysUnavailableException($"The key server {Host} answered {(int)answer.StatusCode}; the worker's log has its words.");
    }

    [GeneratedRegex(@"[A-Za-z0-9+/=_-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\p{C}+", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();
}
