using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Constructs;

namespace FlickStream.Aws;

/// <summary>How the edges keep media, and what they tell browsers about them.</summary>
internal sealed class MediaPolicies : Construct
{
    // What Origin sends with what it serves itself (Segments/CorsHeaders.cs); a browser that may send cookies takes no asterisk.
    private static readonly string[] RequestHeaders =
    [
        "Range", "If-Range", "If-None-Match", "If-Modified-Since", "Cache-Control", "Pragma", "CMCD-Object", "CMCD-Request", "CMCD-Session", "CMCD-Status",
    ];

    private static readonly string[] ReadableHeaders = ["Content-Length", "Content-Range", "Content-Type", "Date", "ETag"];

    public MediaPolicies(Construct scope, StackSettings settings)
        : base(scope, "MediaPolicies")
    {
        // Signatures and cookies are judged by the edge and are no part of what a copy is kept under: one copy serves all viewers.
        Cache = new CachePolicy(this, "Cache", new CachePolicyProps
        {
            Comment = "Immutable media, one copy for all viewers",
            QueryStringBehavior = CacheQueryStringBehavior.None(),
            CookieBehavior = CacheCookieBehavior.None(),
            HeaderBehavior = CacheHeaderBehavior.None(),
            EnableAcceptEncodingGzip = false,
            EnableAcceptEncodingBrotli = false,
            MinTtl = Duration.Seconds(0),
            DefaultTtl = Duration.Days(365),
            MaxTtl = Duration.Days(365),
        });

        var sendsCookies = settings.PageOrigins.Count > 0;
        Response = new ResponseHeadersPolicy(this, "Response", new ResponseHeadersPolicyProps
        {
            Comment = "CORS on media and on refusals",
            CorsBehavior = new ResponseHeadersCorsBehavior
            {
                AccessControlAllowOrigins = sendsCookies ? [.. settings.PageOrigins] : ["*"],
                AccessControlAllowCredentials = sendsCookies,
                AccessControlAllowMethods = ["GET", "HEAD", "OPTIONS"],
                AccessControlAllowHeaders = RequestHeaders,
                AccessControlExposeHeaders = ReadableHeaders,
                AccessControlMaxAge = Duration.Days(1),
                OriginOverride = true,
            },
            CustomHeadersBehavior = new ResponseCustomHeadersBehavior
            {
                CustomHeaders = [Header("Timing-Allow-Origin", "*"), Header("Cross-Origin-Resource-Policy", "cross-origin")],
            },
            SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
            {
                ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
                StrictTransportSecurity = new ResponseHeadersStrictTransportSecurity { AccessControlMaxAge = Duration.Days(365), Override = true },
            },
        });
    }

    public CachePolicy Cache { get; }

    public ResponseHeadersPolicy Response { get; }

    private static ResponseCustomHeader Header(string name, string value) => new() { Header = name, Value = value, Override = true };
}
