using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>Asks CloudFront to forget everything under a path (<c>CreateInvalidation</c> of its API, version 2020-05-31).</summary>
internal sealed class CloudFrontInvalidation(
    IOptions<CloudFrontOptions> options, IHttpClientFactory clients, AWSCredentials credentials, TimeProvider time)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Client = "cloudfront";

    private static readonly XNamespace Api = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    // What passes by itself: too many at once (15 with a wildcard may run), and too often.
    private static readonly string[] Passing = ["TooManyInvalidationsInProgress", "Throttling", "ThrottlingException", "RequestThrottled"];

    private readonly ResiliencePipeline<Answer> _retrying = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Answer>
        {
            ShouldHandle = new PredicateBuilder<Answer>()
                .Handle<HttpRequestException>()
                .Handle<TaskCanceledException>(e => e.InnerException is TimeoutException)
                .HandleResult(answer => answer.MayPass),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <summary>
    /// Returns when CloudFront has taken the request; copies are gone a minute or so later. The request's name is derived from the path:
    /// CloudFront answers a second one of the same name with the first one's result, so asking again after a crash does no harm.
    /// </summary>
    /// <param name="path">From the root of the distribution; an asterisk at its end is a wildcard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CloudFrontApiException">It was refused, or failed to the last retry.</exception>
    /// <exception cref="HttpRequestException">CloudFront could not be reached to the last retry.</exception>
    public async Task RequestAsync(string path, CancellationToken cancellationToken)
    {
        var xml = Encoding.UTF8.GetBytes(BodyOf(path));
        var answer = await _retrying.ExecuteAsync(async token => await SendAsync(xml, token), cancellationToken);
        if (!answer.IsSuccess) throw new CloudFrontApiException(answer.Status, answer.Code, answer.Message);
    }

    // The declaration as AWS's own clients write it.
    private static string BodyOf(string path) => """<?xml version="1.0" encoding="UTF-8"?>""" + new XElement(
        Api + "InvalidationBatch",
        new XElement(
            Api + "Paths",
            new XElement(Api + "Quantity", 1),
            new XElement(Api + "Items", new XElement(Api + "Path", path))),
        new XElement(Api + "CallerReference", $"flickstream:{path}")).ToString(SaveOptions.DisableFormatting);

    private async Task<Answer> SendAsync(byte[] xml, CancellationToken cancellationToken)
    {
        // Signed anew at each try: a signature is good for minutes only, and credentials of a role change by the hour.
        using var request = AwsSignature.Post(
            options.Value.ApiUrl,
            $"/2020-05-31/distribution/{options.Value.DistributionId}/invalidation",
            xml,
            await credentials.GetCredentialsAsync(),
            time.GetUtcNow());
        using var client = clients.CreateClient(Client);
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) return new Answer(response.StatusCode, "", "");
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return Answer.OfError(response.StatusCode, text);
    }

    private sealed record Answer(HttpStatusCode Status, string Code, string Message)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public bool MayPass => (int)Status >= 500 || Status == HttpStatusCode.TooManyRequests || Passing.Contains(Code);

        /// <summary>Errors are XML that names a code; what stands between us and the API may answer with something else.</summary>
        public static Answer OfError(HttpStatusCode status, string text)
        {
            try
            {
                var error = XDocument.Parse(text).Descendants().FirstOrDefault(e => e.Name.LocalName == "Error");
                return new Answer(status, ValueOf(error, "Code"), ValueOf(error, "Message"));
            }
            catch (System.Xml.XmlException)
            {
                return new Answer(status, "", "");
            }
        }

        private static string ValueOf(XElement? error, string name) =>
            error?.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
    }
}

/// <summary>CloudFront's API did not do what it was asked.</summary>
internal sealed class CloudFrontApiException(HttpStatusCode status, string code, string message) : Exception(
    $"CloudFront answered {(int)status} {code}: {(message.Length == 0 ? "no reason given" : message)}. "
    + "Check Delivery:CloudFront:DistributionId and that this service's role may call cloudfront:CreateInvalidation.");
