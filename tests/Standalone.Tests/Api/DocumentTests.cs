using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FlickStream.Standalone.Tests.Api;

/// <summary>The document that clients are generated from.</summary>
public sealed class DocumentTests(WholeHost host) : IClassFixture<WholeHost>
{
    private static readonly Uri Address = new("/openapi/v1.json", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_operation_has_a_name_of_its_own_and_a_group()
    {
        Assert.StartsWith("3.1", host.Document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var names = host.Operations.Values.Select(operation => operation.GetProperty("operationId").GetString()!).ToList();
        Assert.All(names, name => Assert.Matches("^[a-z][A-Za-z0-9]+$", name));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(
            [
                "Accounts", "Administration", "Assets", "Catalog", "Features", "Jobs", "Keys", "Migrations", "Notifications", "Playback", "Profiles",
                "Recommendations", "Reviews", "Search", "Sharing", "Studio", "Subscriptions", "Uploads", "Watching",
            ],
            host.Operations.Values.Select(operation => Assert.Single(operation.GetProperty("tags").EnumerateArray()).GetString()!).Distinct().Order());
    }

    [Fact]
    public void Every_operation_tells_its_answers_and_that_all_else_is_a_problem()
    {
        foreach (var (route, operation) in host.Operations)
        {
            var answers = operation.GetProperty("responses");
            Assert.True(answers.EnumerateObject().Any(answer => answer.Name.StartsWith('2')), route);
            foreach (var answer in answers.EnumerateObject().Where(answer => answer.Name is "200" or "201" && !route.Contains("/api/uploads", StringComparison.Ordinal)))
                Assert.True(answer.Value.GetProperty("content").EnumerateObject().All(content => content.Value.GetProperty("schema").ValueKind == JsonValueKind.Object), route);
            Assert.Equal(
                "#/components/schemas/Problem",
                answers.GetProperty("default").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
        }

        Assert.Equal(["code", "status", "title"], Words(Schema("Problem").GetProperty("required")));
    }

    [Theory]
    [InlineData("POST /api/session", "")]
    [InlineData("GET /api/session", "session")]
    [InlineData("GET /api/users", "session:admin apiKey:admin")]
    [InlineData("POST /api/uploads", "session:ingest apiKey:ingest")]
    public void Operations_tell_who_may_ask(string route, string expected)
    {
        var told = host.Operations[route].TryGetProperty("security", out var security)
            ? string.Join(' ', security.EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(one => string.Join(':', [one.Name, .. Words(one.Value)]))) : "";
        Assert.Equal(expected, told);
        var schemes = host.Document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("__Host-flickstream", schemes.GetProperty("session").GetProperty("name").GetString());
        Assert.Equal("bearer", schemes.GetProperty("apiKey").GetProperty("scheme").GetString());
    }

    [Fact]
    public void Answers_always_have_all_members_and_requests_tell_which_they_need()
    {
        var account = Schema("AccountAnswer");
        Assert.Equal(Names(account), Words(account.GetProperty("required")).Order());
        Assert.Equal(["null", "string"], Words(account.GetProperty("properties").GetProperty("deletionAt").GetProperty("type")).Order());
        Assert.Equal("date-time", account.GetProperty("properties").GetProperty("deletionAt").GetProperty("format").GetString());
        Assert.Equal("integer", Schema("EndedSessions").GetProperty("properties").GetProperty("ended").GetProperty("type").GetString());
        var register = Schema("RegisterRequest");
        Assert.Equal(["email", "password"], Words(register.GetProperty("required")));
        Assert.Equal("string", register.GetProperty("properties").GetProperty("email").GetProperty("type").GetString());
        Assert.Equal(["email", "language", "password", "timeZone"], Names(register));
    }

    [Fact]
    public async Task A_client_that_has_it_is_not_sent_it_again()
    {
        using var first = await host.Client.GetAsync(Address, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag));
        using var second = await host.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private JsonElement Schema(string name) => host.Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order();

    private static IEnumerable<string> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);
}
