using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>Signs a request to CloudFront's API (Signature Version 4) with the SDK's own signer. The SDK's client for CloudFront would
/// do the same; this is the one call we need of it.</summary>
internal static class AwsSignature
{
    // The API is a global one, whose requests are signed for this region.
    private static readonly SignerConfig Config = new() { AuthenticationRegion = "us-east-1", AuthenticationServiceName = "cloudfront" };

    public static HttpRequestMessage Post(Uri api, string path, byte[] xml, ImmutableCredentials credentials, DateTimeOffset now)
    {
        using var request = new DefaultRequest(new NoRequest(), "cloudfront")
        {
            HttpMethod = "POST",
            Endpoint = api,
            ResourcePath = path,
            Content = xml,
        };
        request.Headers["Content-Type"] = "application/xml";
        if (credentials.UseToken) request.Headers["X-Amz-Security-Token"] = credentials.Token;
        var signature = new AWS4Signer().SignRequest(request, Config, null, credentials.AccessKey, credentials.SecretKey, now.UtcDateTime);

        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(api, path)) { Content = new ByteArrayContent(xml) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        foreach (var (name, value) in request.Headers)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)) message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private sealed class SignerConfig()
        : ClientConfig(new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard }]))
    {
        public override string ServiceVersion => "2020-05-31";

        public override string UserAgent => "FlickStream";

        public override string RegionEndpointServiceName => "cloudfront";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
            throw new InvalidOperationException("This configuration only signs.");
    }

    private sealed class NoRequest : AmazonWebServiceRequest;
}
