using System.Net.Http.Json;

namespace FlickStream.Portal.Tests;

/// <summary>PUT of what others edit too.</summary>
internal static class Replacing
{
    /// <param name="browser">Whose.</param>
    /// <param name="path">Of what.</param>
    /// <param name="content">All of it.</param>
    /// <param name="ifMatch">The ETag that was seen; null: none is sent.</param>
    public static async Task<HttpResponseMessage> ReplaceAsync(this HttpClient browser, string path, object content, string? ifMatch = "*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(content) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
