using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Aws.Tests;

/// <summary>The edge's own function, run by Node.</summary>
public sealed class ServiceGateTests
{
    private static readonly string[] Open =
    [
        "/", "/app.js", "/lib/hls.min.mjs", "/api/assets", "/api/assets/", "/api/playback/0f8f/heartbeat", "/play/AbC-_9/v720/media.m3u8",
        "/play/AbC-_9/a1-128k/0.m4s", "/api/uploads/3f0c", "/metricsandmore", "/healthy", "/api/health",
    ];

    private static readonly string[] Closed =
    [
        "/metrics", "/metrics/", "/Metrics", "/health/ready", "/health", "/HEALTH/live", "/%6detrics", "/%2e%2e/metrics", "/api/playback/../../metrics",
        "/api/uploads/./../../metrics", "/play/..%2fmetrics", "/api/assets\\..\\..\\metrics", "//metrics", "/a//metrics", "/.hidden", "/a b",
    ];

    [Fact]
    public async Task What_is_for_operators_is_not_there_for_viewers_however_it_is_spelled()
    {
        Assert.All(await AskAsync(Closed), answer => Assert.Equal(404, (int?)answer!["statusCode"]));
    }

    [Fact]
    public async Task All_else_goes_on_unchanged()
    {
        Assert.Equal(Open, (await AskAsync(Open)).Select(answer => (string?)answer!["uri"]));
    }

    [Fact]
    public void It_stands_before_every_service_and_not_before_media()
    {
        var function = Deployment.Default.Of("AWS::CloudFront::Function").Keys.Single();
        var behaviors = Deployment.Default.Distribution["CacheBehaviors"]!.AsArray().Append(Deployment.Default.Distribution["DefaultCacheBehavior"]);
        foreach (var behavior in behaviors)
        {
            var associations = behavior!["FunctionAssociations"];
            if ((string?)behavior["PathPattern"] == "/media/*")
            {
                Assert.Null(associations);
                continue;
            }

            var association = Assert.Single(associations!.AsArray())!;
            Assert.Equal("viewer-request", (string)association["EventType"]!);
            Assert.Contains(function, association["FunctionARN"]!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonArray> AskAsync(string[] paths)
    {
        var code = (string)Deployment.Default.Only("AWS::CloudFront::Function")["FunctionCode"]!;
        var script = $"{code}\nconsole.log(JSON.stringify({JsonSerializer.Serialize(paths)}.map(uri => handler({{ request: {{ uri }} }}))));";
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", script]) { RedirectStandardOutput = true })!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(output)!.AsArray();
    }
}
