using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>The parts of tus that a client needs which may be cut off at any moment. What is refused throws
/// <see cref="HttpRequestException"/> with the status.</summary>
internal static class TusClient
{
    public static async Task<string> CreateUploadAsync(this HttpClient client, string fileName, long length, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(fileName))}");
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    public static async Task<long> OffsetAsync(this HttpClient client, string uploadId, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Head, $"/api/uploads/{uploadId}");
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return Offset(response);
    }

    /// <returns>The offset that the server acknowledged.</returns>
    public static async Task<long> AppendAsync(
        this HttpClient client, string uploadId, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Patch, $"/api/uploads/{uploadId}");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = new ReadOnlyMemoryContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(await response.Content.ReadAsStringAsync(cancellationToken), null, response.StatusCode);
        return Offset(response);
    }

    public static async Task DeleteAsync(this HttpClient client, string kind, string id, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Delete, $"/api/{kind}/{id}");
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    private static long Offset(HttpResponseMessage response) =>
        long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
}
