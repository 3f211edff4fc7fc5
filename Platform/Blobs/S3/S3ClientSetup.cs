using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace FlickStream.Platform.Blobs.S3;

internal static class S3ClientSetup
{
    private const string RegionOfOthers = "us-east-1";

    /// <exception cref="IOException">The environment names no region.</exception>
    public static AmazonS3Client Create(S3BlobOptions options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle ?? !options.IsAws,
            // Retries are S3Calls'.
            MaxErrorRetry = 0,
            ThrottleRetries = false,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            HttpClientFactory = new Connections(),
            RequestChecksumCalculation =
                options.SendsChecksums ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation =
                options.SendsChecksums ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint) (config.ServiceURL, config.AuthenticationRegion) = (endpoint, options.Region ?? RegionOfOthers);
        else if (options.Region is { } region) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);

        try
        {
            return string.IsNullOrEmpty(options.AccessKey)
                ? new AmazonS3Client(config) : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
        }
        catch (AmazonClientException fault)
        {
            throw new IOException($"Set Platform:S3:Region, or Platform:S3:Endpoint for a service other than AWS. ({fault.Message})", fault);
        }
    }

    /// <summary>S3's names point to other machines every few minutes; connections that lived for ever would stay with few of them.</summary>
    private sealed class Connections : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
