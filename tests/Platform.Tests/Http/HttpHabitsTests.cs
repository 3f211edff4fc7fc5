using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Platform.Leases;
using FlickStream.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Tests.Http;

public sealed class HttpHabitsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.Path)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.AddPlatform(PlatformHosting.Standalone);
        _app = builder.Build();
        _app.UsePlatform();
        _app.MapGet("/surprise", Ok () => throw new InvalidOperationException("the secret inner cause"));
        _app.MapGet("/full", Ok () => throw new BlobStorageFullException());
        _app.MapGet("/uncounted", Ok () => throw new LimitsUnavailableException());
        _app.MapGet("/cursor", Ok () => throw new InvalidCursorException());
        _app.MapGet("/page", () => TypedResults.Content("<p>hello", "text/html; charset=utf-8"));
        _app.MapGet("/api/number/{number:int}", (int number, FilmKind kind) => TypedResults.Ok(new { number, kind }));
        _app.MapPost("/api/echo", (Body body) => TypedResults.Ok(body));
        _app.MapPost("/write", () => TypedResults.Ok());
        foreach (var scope in Scopes.All) _app.MapGet($"/for/{scope}", () => "in").RequireAuthorization(scope);
        await _app.StartAsync(Ct);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "Send a body of JSON.")]
    [InlineData("null", "Send a body of JSON.")]
    [InlineData("[]", "The JSON does not fit at $.")]
    [InlineData("{", "The JSON does not fit at $.")]
    public async Task A_body_that_does_not_fit_is_explained_to_its_sender(string body, string detail)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        var answer = await _client.PostAsync("/api/echo", content, Ct);
        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest, "bad_request");
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Who_tries_too_many_keys_is_told_how_long_to_wait()
    {
        var stranger = new AuthenticationHeaderValue("Bearer", "fs_of_a_stranger");
        for (var i = 0; i < new AccessOptions().UnknownKeysPerMinute; i++)
        {
            using var refused = await GetAsync("/for/admin", stranger);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var limited = await GetAsync("/for/admin", stranger);
        await ProblemAsync(limited, HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Limits_that_cannot_be_checked_are_a_problem_with_a_code() => await ProblemAsync(
        await _client.GetAsync("/uncounted", Ct), HttpStatusCode.ServiceUnavailable, "limits_unavailable");

    [Fact]
    public async Task Refused_keys_do_not_fill_the_log()
    {
        using var answer = await GetAsync("/for/admin", new AuthenticationHeaderValue("Bearer", "fs_of_a_stranger"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("authenticated") || line.Contains("challenged"));
    }

    [Fact]
    public async Task V16_3_4_and_V16_5_1_A_surprise_is_logged_with_an_id_and_the_caller_sees_only_the_id()
    {
        var answer = await _client.GetAsync("/surprise", Ct);
        var problem = await ProblemAsync(answer, HttpStatusCode.InternalServerError, "internal_error");
        var text = problem.GetRawText();
        Assert.DoesNotContain("secret inner cause", text);
        Assert.DoesNotContain("Exception", text);
        var id = problem.GetProperty("id").GetString()!;
        Assert.Contains(_log.Lines, line => line.Contains(id) && line.Contains("the secret inner cause"));
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/page", 405, "method_not_allowed")]
    [InlineData("GET", "/full", 507, "storage_full")]
    [InlineData("GET", "/cursor", 400, "bad_cursor")]
    [InlineData("GET", "/api/number/1?kind=none", 400, "bad_request")]
    [InlineData("GET", "/api/number/1", 400, "bad_request")]
    [InlineData("POST", "/api/echo", 400, "bad_request")]
    public async Task Every_refusal_is_a_problem_with_a_code(string method, string path, int status, string code)
    {
        var content = method == "POST" ? new StringContent("{\"kind\":", null, "application/json") : null;
        var answer = await _client.SendAsync(new(new HttpMethod(method), path) { Content = content }, Ct);
        await ProblemAsync(answer, (HttpStatusCode)status, code);
    }

    [Fact]
    public async Task A_body_of_another_type_is_a_problem_with_a_code() => await ProblemAsync(
        await _client.PostAsync("/api/echo", new StringContent("a=b", null, "text/plain"), Ct),
        HttpStatusCode.UnsupportedMediaType,
        "unsupported_media_type");

    [Fact]
    public async Task Enums_are_camel_case_words()
    {
        var answer = await _client.PostAsync("/api/echo", new StringContent("""{"kind":"shortFilm"}""", null, "application/json"), Ct);
        Assert.Equal("""{"kind":"shortFilm"}""", await answer.Content.ReadAsStringAsync(Ct));
        var number = await _client.PostAsync("/api/echo", new StringContent("""{"kind":1}""", null, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, number.StatusCode);
    }

    /// <summary>Of a proxy that ends TLS it is known by what it forwards; browsers heed it by TLS alone, so that it is sent there alone.</summary>
    [Theory]
    [InlineData("https", "/page", true)]
    [InlineData("https", "/api/number/1?kind=shortFilm", true)]
    [InlineData("https", "/surprise", true)]
    [InlineData("https", "/for/admin", true)]
    [InlineData("http", "/page", false)]
    public async Task V3_4_1_By_TLS_browsers_are_told_to_come_by_TLS_for_a_year(string scheme, string path, bool isTold)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.In("behind")), new("FORWARDEDHEADERS_ENABLED", "true")]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.AddPlatform(PlatformHosting.Standalone);
        await using var app = builder.Build();
        app.UsePlatform();
        app.MapGet("/surprise", Ok () => throw new InvalidOperationException("the secret inner cause"));
        app.MapGet("/page", () => TypedResults.Content("<p>hello", "text/html; charset=utf-8"));
        app.MapGet("/api/number/{number:int}", (int number, FilmKind kind) => TypedResults.Ok(new { number, kind }));
        app.MapGet("/for/admin", () => "in").RequireAuthorization(Scopes.Admin);
        await app.StartAsync(Ct);
        using var client = new HttpClient();
        // Names of this machine are left out, or browsers would keep to TLS for all that is developed on it.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.First()), path)) { Headers = { Host = "watch.example.org" } };
        request.Headers.Add("X-Forwarded-Proto", scheme);
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal(isTold ? ["max-age=31536000; includeSubDomains"] : [], answer.Headers.TryGetValues("Strict-Transport-Security", out var told) ? told : []);
    }

    [Theory]
    [InlineData("/page")]
    [InlineData("/api/number/1?kind=shortFilm")]
    [InlineData("/surprise")]
    [InlineData("/nowhere")]
    [InlineData("/for/admin")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        var headers = (await _client.GetAsync(path, Ct)).Headers;
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal(path == "/page", policy.Contains("script-src 'self'"));
        if (path.StartsWith("/api", StringComparison.Ordinal)) Assert.True(headers.CacheControl!.NoStore);
        Assert.False(headers.Contains("Server"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://{host}.evil.example", 403)]
    [InlineData("Origin", "http://evil@{host}", 403)]
    [InlineData("Origin", "http://{host}", 200)]
    [InlineData("X-Nothing", "at all", 200)]
    public async Task Unsafe_requests_of_other_sites_pages_are_refused(string header, string value, int status)
    {
        var authority = _client.BaseAddress!.Authority;
        var request = new HttpRequestMessage(HttpMethod.Post, "/write");
        request.Headers.TryAddWithoutValidation(header, value.Replace("{host}", authority, StringComparison.Ordinal));
        var answer = await _client.SendAsync(request, Ct);
        if (status == 403) await ProblemAsync(answer, HttpStatusCode.Forbidden, "cross_site");
        else Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Reading_and_programs_with_a_key_are_free_of_the_same_origin_rule()
    {
        var read = new HttpRequestMessage(HttpMethod.Get, "/page") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(read, Ct)).StatusCode);
        var write = new HttpRequestMessage(HttpMethod.Post, "/write") { Headers = { { "Origin", "https://studio.example" } } };
        write.Headers.Authorization = new("Bearer", await KeyAsync(Scopes.Ingest));
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(write, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_scope_opens_its_own_door_and_admin_opens_all()
    {
        foreach (var held in Scopes.All)
        {
            var key = await KeyAsync(held);
            foreach (var wanted in Scopes.All)
            {
                var answer = await GetAsync($"/for/{wanted}", new("Bearer", key));
                if (held == wanted || held == Scopes.Admin) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                else await ProblemAsync(answer, HttpStatusCode.Forbidden, "forbidden");
            }
        }
    }

    [Fact]
    public async Task Without_a_good_key_the_answer_is_401_and_no_redirect()
    {
        var key = await KeyAsync(Scopes.Admin);
        foreach (var header in new AuthenticationHeaderValue?[]
        {
            null, new("Bearer"), new("Bearer", "fs_"), new("Bearer", key[..^1] + (key[^1] == 'A' ? 'E' : 'A')), new("Basic", key), new("Bearer", $"{key}, {key}"),
        })
        {
            var answer = await GetAsync("/for/admin", header);
            await ProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/for/admin", new("bearer", key))).StatusCode);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(key[^43..]));
    }

    [Fact]
    public async Task Health_and_metrics_answer_anyone()
    {
        foreach (var path in (string[])["/health/live", "/health/ready"])
            Assert.StartsWith("""{"status":"healthy",""", await _client.GetStringAsync(path, Ct));
        var metrics = await _client.GetStringAsync("/metrics", Ct);
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics);
        Assert.Contains("dotnet_gc_collections", metrics);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    private async Task<string> KeyAsync(string scope) =>
        (await _app.Services.GetRequiredService<ApiKeys>().CreateAsync("a key", [scope], Ct)).Text;

    private Task<HttpResponseMessage> GetAsync(string path, AuthenticationHeaderValue? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        return _client.SendAsync(request, Ct);
    }

    private enum FilmKind
    {
        Feature,
        ShortFilm,
    }

    private sealed record Body(FilmKind Kind);
}
