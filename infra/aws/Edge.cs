using Amazon.CDK;
using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace FlickStream.Aws;

/// <summary>One host for viewers: media from the bucket, for whoever shows a signature; all else from the services, nothing of it kept.</summary>
internal sealed class Edge : Construct
{
    // All that CloudFront would keep for ten seconds, without asking the origin's headers or a cache policy, and would then send to other
    // callers too: one caller's "you may not" is not another's.
    private static readonly int[] KeptErrors = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];

    private readonly Dictionary<string, IOrigin> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly FunctionAssociation _gate;

    public Edge(Construct scope, StackSettings settings, Bucket bucket, IKeyGroup keys)
        : base(scope, "Edge")
    {
        _gate = new FunctionAssociation { EventType = FunctionEventType.VIEWER_REQUEST, Function = ServiceGate.Make(this) };
        var policies = new MediaPolicies(this, settings);
        var services = settings.Services;
        Distribution = new Distribution(this, "Distribution", new DistributionProps
        {
            Comment = $"FlickStream at {settings.Domain}",
            DomainNames = [settings.Domain],
            Certificate = Certificate.FromCertificateArn(this, "Certificate", settings.CertificateArn),
            MinimumProtocolVersion = SecurityPolicyProtocol.TLS_V1_2_2021,
            HttpVersion = HttpVersion.HTTP2_AND_3,
            PriceClass = PriceClassOf(settings.Edges),
            DefaultBehavior = Service(services.Portal, AllowedMethods.ALLOW_ALL),
            AdditionalBehaviors = new Dictionary<string, IBehaviorOptions>
            {
                [$"/{Storage.MediaFolder}*"] = Media(bucket, keys, policies),
                ["/play/*"] = Service(services.Origin, AllowedMethods.ALLOW_ALL),
                ["/api/playback*"] = Service(services.Origin, AllowedMethods.ALLOW_ALL),
                ["/api/uploads*"] = Service(services.Ingest, AllowedMethods.ALLOW_ALL),
                ["/api/assets*"] = Service(services.Ingest, AllowedMethods.ALLOW_ALL),
                ["/api/jobs*"] = Service(services.Transcoder, AllowedMethods.ALLOW_ALL),
                ["/api/migrations*"] = Service(services.Transcoder, AllowedMethods.ALLOW_ALL),
                ["/api/workers*"] = Service(services.Transcoder, AllowedMethods.ALLOW_ALL),
            },
            ErrorResponses = [.. KeptErrors.Select(status => new ErrorResponse { HttpStatus = status, Ttl = Duration.Seconds(0) })],
        });
    }

    public Distribution Distribution { get; }

    private static BehaviorOptions Media(Bucket bucket, IKeyGroup keys, MediaPolicies policies) => new()
    {
        Origin = S3BucketOrigin.WithOriginAccessControl(bucket),
        TrustedKeyGroups = [keys],
        AllowedMethods = AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        CachedMethods = CachedMethods.CACHE_GET_HEAD,
        CachePolicy = policies.Cache,
        OriginRequestPolicy = OriginRequestPolicy.CORS_S3_ORIGIN,
        ResponseHeadersPolicy = policies.Response,
        ViewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY,

        // Video does not get smaller.
        Compress = false,
    };

    /// <summary>Whole requests go to the service and its whole answers come back: it has its own caching, compression and CORS. Only the
    /// name of the host is the service's own, because its certificate is.</summary>
    private BehaviorOptions Service(string host, AllowedMethods methods) => new()
    {
        Origin = HostOf(host),
        AllowedMethods = methods,
        CachePolicy = CachePolicy.CACHING_DISABLED,
        OriginRequestPolicy = OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        ViewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        FunctionAssociations = [_gate],
        Compress = false,
    };

    private IOrigin HostOf(string host)
    {
        if (_hosts.TryGetValue(host, out var known)) return known;
        return _hosts[host] = new HttpOrigin(host, new HttpOriginProps
        {
            ProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY,
            OriginSslProtocols = [OriginSslPolicy.TLS_V1_2],

            // As long as CloudFront waits without a raised quota: uploads are answered when their bytes are durable.
            ReadTimeout = Duration.Seconds(60),
            KeepaliveTimeout = Duration.Seconds(60),
        });
    }

    private static PriceClass PriceClassOf(Edges edges) => edges switch
    {
        Edges.Everywhere => PriceClass.PRICE_CLASS_ALL,
        Edges.Most => PriceClass.PRICE_CLASS_200,
        Edges.NorthAmericaAndEurope => PriceClass.PRICE_CLASS_100,
        _ => throw new ArgumentOutOfRangeException(nameof(edges)),
    };
}
