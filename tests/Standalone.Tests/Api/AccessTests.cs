using System.Net;
using System.Text.Json;

namespace FlickStream.Standalone.Tests.Api;

/// <summary>What holds for every route, whoever adds the next one.</summary>
public sealed class AccessTests(WholeHost host) : IClassFixture<WholeHost>
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    /// <summary>What browsers may keep, and how; nothing else, and no refusal.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["GET /api/titles"] = "private, no-cache",
        ["GET /api/titles/{id}"] = "private, no-cache",
        ["GET /api/titles/{id}/children"] = "private, no-cache",
        ["GET /api/search"] = "private, no-cache",
        ["GET /api/search/suggestions"] = "private, no-cache",
        ["GET /api/search/like/{id}"] = "private, no-cache",
        ["GET /api/artwork/{title}/{image}/{file}"] = "public, max-age=31536000, immutable",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void V8_2_1_Every_route_has_its_row_and_every_row_its_route() =>
        Assert.Equal(AccessTable.Rows.Keys.Order(), host.Operations.Keys.Order());

    [Fact]
    public void Nothing_is_mapped_beside_the_document_but_pages_and_what_watches_the_process()
    {
        var described = host.Operations.Keys.Select(route => route.Split(' ')[1]).ToHashSet();
        var beside = host.Endpoints.Select(endpoint => $"/{endpoint.RoutePattern.RawText?.Trim('/')}")
            .Where(path => !described.Contains(path)).Distinct().Where(path => Path.GetExtension(path) is not (".js" or ".mjs" or ".css" or ".svg"));
        Assert.Equal(["/", "/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/recommendations.html"], beside.Order());
    }

    [Fact]
    public async Task V8_2_1_Each_caller_reaches_what_the_table_says_and_nothing_else()
    {
        var wrong = new List<string>();
        foreach (var (route, callers) in AccessTable.Rows)
        {
            foreach (var caller in AccessTable.Callers)
            {
                var (status, code) = await AskAsync(await host.RequestAsync(route, caller));
                var isRight = callers.Contains(caller) ? code is not ("unauthenticated" or "forbidden") && (int)status < 500
                    : caller == "anonymous" ? (status, code) == (HttpStatusCode.Unauthorized, "unauthenticated")
                    : (status, code) == (HttpStatusCode.Forbidden, "forbidden");
                if (!isRight) wrong.Add($"{route} as {caller}: {(int)status} {code}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task V3_5_1_No_page_of_another_site_changes_anything_with_a_person_s_cookie()
    {
        var wrong = new List<string>();
        foreach (var route in Unsafe())
        {
            foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
            {
                var request = await host.RequestAsync(route, "admin");
                request.Headers.Add(header, value);
                if (await AskAsync(request) is not (HttpStatusCode.Forbidden, "cross_site") and var other) wrong.Add($"{route} with {header}: {value}: {other}");
            }

            var bare = await host.RequestAsync(route, "admin");
            bare.Headers.Remove("X-FlickStream");
            if (!AccessTable.Rows[route].Contains("anonymous") && await AskAsync(bare) is not (HttpStatusCode.Forbidden, "header_missing") and var answer)
                wrong.Add($"{route} without the header: {answer}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task V3_4_Every_answer_has_the_headers_that_keep_browsers_safe()
    {
        var wrong = new List<string>();
        string[] others = ["GET /", "GET /app.js", "GET /health/live", "GET /metrics", "GET /openapi/v1.json", "GET /api/nothing", "POST /nothing"];
        foreach (var route in AccessTable.Rows.Keys.Concat(others))
        {
            foreach (var caller in new[] { "anonymous", "admin" })
            {
                using var answer = await host.Client.SendAsync(await host.RequestAsync(route, caller), HttpCompletionOption.ResponseHeadersRead, Ct);
                var lacks = Wanted.Where(header => !answer.Headers.TryGetValues(header.Name, out var values) || !values.Single().Contains(header.Value, StringComparison.Ordinal));
                foreach (var header in lacks) wrong.Add($"{route} as {caller}: {header.Name}");
                if (route.Contains(" /api/", StringComparison.Ordinal) && !IsKeptRightly(route, answer)) wrong.Add($"{route} as {caller}: may be stored");
                if (!answer.Headers.TryGetValues("Referrer-Policy", out var told) || told.Single() is not ("no-referrer" or "same-origin")) wrong.Add($"{route} as {caller}: tells others where one comes from");
                if (answer.Headers.Contains("Server")) wrong.Add($"{route} as {caller}: Server");
                if (answer.Headers.Contains("Access-Control-Allow-Origin")) wrong.Add($"{route} as {caller}: open to other sites");
            }
        }

        Assert.Empty(wrong);
    }

    private static bool IsKeptRightly(string route, HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode && Kept.TryGetValue(route, out var kept)
            ? answer.Headers.NonValidated.TryGetValues("Cache-Control", out var said) && said.ToString() == kept : answer.Headers.CacheControl is { NoStore: true };

    private static IEnumerable<(string Name, string Value)> Wanted { get; } =
    [
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=()"), ("Content-Security-Policy", "frame-ancestors 'none'"),
    ];

    private static IEnumerable<string> Unsafe() => AccessTable.Rows.Keys.Where(route => !Safe.Contains(route.Split(' ')[0]));

    /// <summary>The status, and the code of a problem.</summary>
    private async Task<(HttpStatusCode Status, string Code)> AskAsync(HttpRequestMessage request)
    {
        using (request)
        {
            // Some answers go on for ever; their head tells enough.
            using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            if (answer.Content.Headers.ContentType is not { MediaType: "application/problem+json" }) return (answer.StatusCode, "");
            var text = await answer.Content.ReadAsStringAsync(Ct);
            if (text.Length > 0) return (answer.StatusCode, JsonElement.Parse(text).GetProperty("code").GetString()!);

            // HEAD has no body to tell it.
            return (answer.StatusCode, answer.StatusCode switch { HttpStatusCode.Unauthorized => "unauthenticated", HttpStatusCode.Forbidden => "forbidden", _ => "" });
        }
    }
}
