using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Tests;

/// <summary>Cookies as a browser keeps them for one host. .NET's own container never sends a Secure one to http, not even on this machine.</summary>
internal sealed class BrowserCookies : DelegatingHandler
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        var answer = await base.SendAsync(request, cancellationToken);
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set)) return answer;
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. set]))
        {
            if (cookie.Expires <= DateTimeOffset.UnixEpoch.AddYears(1)) _cookies.Remove(cookie.Name.ToString());
            else _cookies[cookie.Name.ToString()] = cookie.Value.ToString();
        }

        return answer;
    }
}
