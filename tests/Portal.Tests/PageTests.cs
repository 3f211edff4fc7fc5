using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using FlickStream.Portal.Page;

namespace FlickStream.Portal.Tests;

public sealed class PageTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private readonly HttpClient client = portal.Anonymous;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_the_page_names_is_served()
    {
        var queue = new Queue<string>(["/", "/recommendations.html"]);
        var seen = new HashSet<string>();
        while (queue.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var response = await client.GetAsync(path, Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            if (path.StartsWith("/lib/", StringComparison.Ordinal)) continue;
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            foreach (Match match in Regex.Matches(text, """["'(]\.?(/[\w./]+\.(?:js|mjs|css|svg))"""))
                queue.Enqueue(match.Groups[1].Value);
        }

        Assert.Contains("/lib/hls.worker.js", seen);
        Assert.Contains("/lib/hls.min.mjs", seen);
        Assert.Contains("/lib/tus.min.js", seen);
        Assert.Contains("/chart.js", seen);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/recommendations.html")]
    public async Task The_page_forbids_inline_and_blob_scripts_and_has_none(string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", html);
        Assert.DoesNotMatch(@"<style|\sstyle=|\son\w+=|javascript:", html);
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        using var first = await client.GetAsync("/app.css", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_browser_that_unpacks_gets_fewer_bytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lib/hls.min.mjs");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var packed = await client.SendAsync(request, Cancellation);
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.True((await packed.Content.ReadAsByteArrayAsync(Cancellation)).Length < PageFiles.All["lib/hls.min.mjs"].Plain.Length / 2);

        request.Headers.AcceptEncoding.Clear();
        using var plain = await client.GetAsync("/lib/hls.min.mjs", Cancellation);
        Assert.Equal(PageFiles.All["lib/hls.min.mjs"].Plain, await plain.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/lib/../Web/package.json")]
    [InlineData("/index.htm")]
    public async Task Nothing_else_can_be_asked_for(string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
