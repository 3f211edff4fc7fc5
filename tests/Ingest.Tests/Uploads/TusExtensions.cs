using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>tus requests as a client would write them.</summary>
internal static class TusExtensions
{
    public static async Task<HttpResponseMessage> SendTusAsync(
        this HttpClient client, HttpMethod method, string url, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        if (body is not null) body.Headers.ContentType ??= new MediaTypeHeaderValue("application/offset+octet-stream");
        if (!headers.Any(h => h.Name == "Tus-Resumable")) request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers.Where(h => h.Value.Length > 0)) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> PostTusAsync(this HttpClient client, params (string Name, string Value)[] headers) =>
        client.SendTusAsync(HttpMethod.Post, "/api/uploads", null, headers);

    public static async Task<string> CreateAsync(this HttpClient client, long length, params (string Name, string Value)[] headers)
    {
        using var response = await client.PostTusAsync([("Upload-Length", Text(length)), .. headers]);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> PatchAsync(
        this HttpClient client, string url, long offset, byte[] bytes, params (string Name, string Value)[] headers) =>
        client.SendTusAsync(HttpMethod.Patch, url, new ByteArrayContent(bytes), [("Upload-Offset", Text(offset)), .. headers]);

    public static Task<HttpResponseMessage> HeadAsync(this HttpClient client, string url) => client.SendTusAsync(HttpMethod.Head, url);

    public static async Task<long> OffsetAsync(this HttpClient client, string url)
    {
        using var response = await client.HeadAsync(url);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return long.Parse(response.Header("Upload-Offset")!, CultureInfo.InvariantCulture);
    }

    public static async Task<string> UploadPartAsync(this HttpClient client, byte[] bytes)
    {
        var url = await client.CreateAsync(bytes.Length, ("Upload-Concat", "partial"));
        using var response = await client.PatchAsync(url, 0, bytes);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return url;
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public static async Task AssertProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal(code, (string?)problem!["code"]);
    }

    public static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
