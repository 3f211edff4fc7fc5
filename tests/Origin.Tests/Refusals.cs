using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Origin.Tests;

internal static class Refusals
{
    /// <summary>A problem with this code; under <c>/play</c> one that a page of any origin may read.</summary>
    public static async Task AssertAsync(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
        if (!response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/play/", StringComparison.Ordinal)) return;
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }
}
