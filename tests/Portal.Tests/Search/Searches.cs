using System.Net.Http.Json;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Search;

internal static class Searches
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="query">What is looked for; behind the first <c>&amp;</c> other parameters.</param>
    public static async Task<JsonElement> AskAsync(HttpClient http, string query, string? country = null)
    {
        var cut = query.IndexOf('&', StringComparison.Ordinal);
        var (words, rest) = cut < 0 ? (query, "") : (query[..cut], query[cut..]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/search?q={Uri.EscapeDataString(words)}{rest}");
        if (country is not null) request.Headers.Add("X-Country", country);
        var answer = await http.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    public static string NamesOf(JsonElement page) => string.Join('|', page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
}
