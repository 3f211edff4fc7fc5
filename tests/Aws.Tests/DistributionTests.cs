using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Origin.Segments;
using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using FlickStream.Portal;
using FlickStream.Transcoder;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace FlickStream.Aws.Tests;

public sealed class DistributionTests
{
    // AWS's own policies, whose ids are the same in all accounts.
    private const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private const string AllViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    private const string CorsS3 = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf";

    private static readonly string[] Services = ["ingest", "transcoder", "origin", "portal"];
    private static readonly Deployment It = Deployment.Default;

    private static JsonObject Media => BehaviorOf($"/{Presentation.Folder("a", "r")}/v720/0.m4s");

    [Fact]
    public void Media_come_from_the_bucket_under_their_keys_for_whoever_shows_a_signature_of_the_key_group()
    {
        var group = Assert.Single(Media["TrustedKeyGroups"]!.AsArray())!;
        Assert.Equal(It.Of("AWS::CloudFront::KeyGroup").Keys.Single(), (string)group["Ref"]!);
        Assert.Equal("https-only", (string)Media["ViewerProtocolPolicy"]!);

        var origin = OriginOf(Media);
        Assert.Contains(It.IdOf("AWS::S3::Bucket", "StorageBlobs"), origin["DomainName"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(origin["OriginPath"]);
        var control = It.Only("AWS::CloudFront::OriginAccessControl")["OriginAccessControlConfig"]!;
        Assert.Equal(("always", "sigv4", "s3"), ((string)control["SigningBehavior"]!, (string)control["SigningProtocol"]!, (string)control["OriginAccessControlOriginType"]!));
        Assert.Equal(It.Of("AWS::CloudFront::OriginAccessControl").Keys.Single(), (string)origin["OriginAccessControlId"]!["Fn::GetAtt"]![0]!);
    }

    [Fact]
    public void Nothing_but_media_needs_a_signature_and_nothing_else_comes_from_a_bucket()
    {
        foreach (var behavior in Behaviors().Where(b => b.Pattern != "/media/*"))
        {
            Assert.Null(behavior.Config["TrustedKeyGroups"]);
            Assert.NotNull(OriginOf(behavior.Config)["CustomOriginConfig"]);
        }
    }

    [Fact]
    public void One_copy_of_a_segment_serves_all_viewers_for_a_year()
    {
        var key = It.Only("AWS::CloudFront::CachePolicy")["CachePolicyConfig"]!;
        Assert.Equal(It.Of("AWS::CloudFront::CachePolicy").Keys.Single(), (string)Media["CachePolicyId"]!["Ref"]!);
        Assert.Equal((0, 31536000, 31536000), ((int)key["MinTTL"]!, (int)key["DefaultTTL"]!, (int)key["MaxTTL"]!));
        var parameters = key["ParametersInCacheKeyAndForwardedToOrigin"]!;
        foreach (var (part, setting) in new[] { ("QueryStringsConfig", "QueryStringBehavior"), ("CookiesConfig", "CookieBehavior"), ("HeadersConfig", "HeaderBehavior") })
            Assert.Equal("none", (string)parameters[part]![setting]!);
        Assert.False((bool)Media["Compress"]!);
    }

    [Fact]
    public void Every_route_of_every_service_leads_to_that_service()
    {
        var routes = Routes().ToList();
        Assert.True(routes.Count > 25, $"{routes.Count} routes are too few.");
        foreach (var service in Services) Assert.Contains(routes, route => route.Service == service);
        Assert.All(routes, route => Assert.Equal((route.Path, $"{route.Service}.internal.example.com"), (route.Path, HostOf(route.Path))));
    }

    [Fact]
    public void Services_are_asked_over_TLS_with_all_that_the_viewer_sent_and_nothing_they_say_is_kept()
    {
        foreach (var (_, config) in Behaviors().Where(b => b.Pattern != "/media/*"))
        {
            Assert.Equal((CachingDisabled, AllViewerExceptHost), ((string)config["CachePolicyId"]!, (string)config["OriginRequestPolicyId"]!));
            Assert.Equal("redirect-to-https", (string)config["ViewerProtocolPolicy"]!);
            var host = OriginOf(config)["CustomOriginConfig"]!;
            Assert.Equal("https-only", (string)host["OriginProtocolPolicy"]!);
            Assert.Equal(["TLSv1.2"], host["OriginSSLProtocols"]!.AsArray().Select(p => (string)p!));
        }

        // CloudFront keeps errors for ten seconds whatever policy and headers say, and would show one caller's refusal to the next.
        var kept = It.Distribution["CustomErrorResponses"]!.AsArray();
        Assert.Equal([400, 403, 404, 405, 414, 500, 501, 502, 503, 504], kept.Select(error => (int)error!["ErrorCode"]!));
        Assert.All(kept, error => Assert.Equal(0, (int)error!["ErrorCachingMinTTL"]!));
        Assert.All(kept, error => Assert.Null(error!["ResponsePagePath"]));
    }

    [Fact]
    public void Pages_may_read_media_and_refusals_as_they_may_when_the_origin_sends_them()
    {
        var policy = It.Only("AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]!;
        Assert.Equal(It.Of("AWS::CloudFront::ResponseHeadersPolicy").Keys.Single(), (string)Media["ResponseHeadersPolicyId"]!["Ref"]!);
        var cors = policy["CorsConfig"]!;
        Assert.True((bool)cors["OriginOverride"]!);
        Assert.False((bool)cors["AccessControlAllowCredentials"]!);

        IHeaderDictionary ours = new HeaderDictionary();
        CorsHeaders.Write(ours);
        CorsHeaders.WritePreflight(ours, "GET, HEAD, OPTIONS");
        Assert.Equal(Items(ours.AccessControlAllowOrigin), Names(cors["AccessControlAllowOrigins"]!));
        Assert.Equal(Items(ours.AccessControlExposeHeaders), Names(cors["AccessControlExposeHeaders"]!));
        Assert.Equal(Items(ours.AccessControlAllowMethods), Names(cors["AccessControlAllowMethods"]!));
        Assert.Equal(Items(ours.AccessControlAllowHeaders).Where(name => name != "*"), Names(cors["AccessControlAllowHeaders"]!));
        Assert.Equal((string?)ours.AccessControlMaxAge, cors["AccessControlMaxAgeSec"]!.ToString());
        foreach (var header in policy["CustomHeadersConfig"]!["Items"]!.AsArray())
            Assert.Equal((string?)ours[(string)header!["Header"]!], (string)header["Value"]!);
        Assert.True((bool)policy["SecurityHeadersConfig"]!["ContentTypeOptions"]!["Override"]!);

        // Preflights reach the bucket, which has a rule for them.
        Assert.Equal(CorsS3, (string)Media["OriginRequestPolicyId"]!);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], Names(Media["AllowedMethods"]!));
    }

    [Fact]
    public void Pages_elsewhere_that_play_with_cookies_are_named_one_by_one()
    {
        using var deployment = new Deployment([Deployment.RsaKey()], s => s["pageOrigins"] = new JsonArray("https://www.example.com"));
        var cors = deployment.Only("AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]!["CorsConfig"]!;
        Assert.Equal(["https://www.example.com"], Names(cors["AccessControlAllowOrigins"]!));
        Assert.True((bool)cors["AccessControlAllowCredentials"]!);
    }

    [Fact]
    public void Viewers_get_TLS_1_2_or_newer_on_the_domain_of_the_settings()
    {
        Assert.Equal(["play.example.com"], Names(It.Distribution["Aliases"]!, items: false));
        Assert.Equal("TLSv1.2_2021", (string)It.Distribution["ViewerCertificate"]!["MinimumProtocolVersion"]!);
        Assert.Equal("http2and3", (string)It.Distribution["HttpVersion"]!);
    }

    [Fact]
    public void A_host_that_routes_all_services_itself_is_one_origin()
    {
        using var deployment = new Deployment([Deployment.RsaKey()], s =>
        {
            foreach (var service in Services) s["services"]![service] = "lb.example.com";
        });
        Assert.Equal(2, deployment.Distribution["Origins"]!.AsArray().Count);
    }

    private static IEnumerable<(string Service, string Path)> Routes()
    {
        foreach (var (service, add, map) in new (string, Action<IHostApplicationBuilder>, Action<IEndpointRouteBuilder>)[]
        {
            ("ingest", b => b.AddIngest(), r => r.MapIngest()),
            ("transcoder", b => b.AddTranscoder(), r => r.MapTranscoder()),
            ("origin", b => b.AddOrigin(), r => r.MapOrigin()),
            ("portal", b => b.AddPortal(), r => r.MapPortal()),
        })
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.AddPlatform(PlatformHosting.Standalone);
            add(builder);
            using var app = builder.Build();
            map(app);
            foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
                yield return (service, "/" + Parameter.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x"));
        }

        yield return ("origin", $"{PlayPath.Root}token/master.m3u8");
        yield return ("origin", $"{PlayPath.Root}token/v720/media.m3u8");
    }

    private static readonly Regex Parameter = new("{[^}]*}");

    private static string HostOf(string path) => (string)OriginOf(BehaviorOf(path))["DomainName"]!;

    /// <summary>As CloudFront chooses: the first pattern that fits, case and all.</summary>
    private static JsonObject BehaviorOf(string path) => Behaviors().First(b => b.Pattern is null || Fits(b.Pattern, path)).Config;

    private static bool Fits(string pattern, string path) =>
        Regex.IsMatch(path, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$");

    private static IEnumerable<(string? Pattern, JsonObject Config)> Behaviors() => It.Distribution["CacheBehaviors"]!.AsArray()
        .Select(behavior => ((string?)behavior!["PathPattern"], behavior.AsObject()))
        .Append((null, It.Distribution["DefaultCacheBehavior"]!.AsObject()));

    private static JsonNode OriginOf(JsonObject behavior) =>
        It.Distribution["Origins"]!.AsArray().Single(origin => (string)origin!["Id"]! == (string)behavior["TargetOriginId"]!)!;

    private static string[] Items(Microsoft.Extensions.Primitives.StringValues header) => header.ToString().Split(", ");

    private static IEnumerable<string> Names(JsonNode node, bool items = true) =>
        (items && node is JsonObject ? node["Items"]! : node).AsArray().Select(name => (string)name!);
}
