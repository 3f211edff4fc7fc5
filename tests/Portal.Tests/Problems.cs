using System.Net;
using System.Text.Json;

namespace FlickStream.Portal.Tests;

internal static class Problems
{
    /// <summary>That the answer is this problem, without a trace of the code behind it.</summary>
    public static async Task IsAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, JsonElement.Parse(text).GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", text);
    }
}
