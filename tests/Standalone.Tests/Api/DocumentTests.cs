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
    [InlineData("POST /api/studio/keys", "session:catalog")]
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
        // What is of another schema becomes a choice of that and null, and only when the document is put together.
        Assert.Equal("#/components/schemas/PlayState", Member("HeartbeatRequest", "state").GetProperty("$ref").GetString());
        Assert.DoesNotContain("oneOf", Member("HeartbeatRequest", "state").EnumerateObject().Select(part => part.Name));
    }

    /// <summary>Generated clients could not browse without naming a genre, a person and a country, because lists were told to be needed.</summary>
    [Fact]
    public void What_may_be_left_out_of_a_query_is_told_so_and_names_are_written_alike()
    {
        var queries = host.Operations.SelectMany(operation => ParametersOf(operation.Value).Where(parameter => Word(parameter, "in") == "query")
            .Select(parameter => (operation.Key, Name: Word(parameter, "name"), IsNeeded: parameter.TryGetProperty("required", out var needed) && needed.GetBoolean()))).ToList();
        Assert.True(queries.Count > 100, $"There are only {queries.Count}.");
        Assert.DoesNotContain(queries, query => query.IsNeeded);
        Assert.All(queries, query => Assert.Matches("^[a-z][A-Za-z]*$", query.Name));
        Assert.DoesNotContain(host.Operations, operation => operation.Key.StartsWith("GET ", StringComparison.Ordinal) && operation.Value.TryGetProperty("requestBody", out _));
    }

    [Fact]
    public void Words_that_are_some_of_a_few_are_told()
    {
        Assert.Equal(["movie", "series", "season", "episode", "extra"], Enum(Member("TitleCard", "kind")));
        Assert.Equal(["viewer", "studio", "admin"], Enum(Member("AccountAnswer", "role")));
        Assert.Equal(["ingest", "jobs", "playback", "catalog", "admin"], Enum(Member("KeyAnswer", "scopes").GetProperty("items")));
        Assert.Equal(["inspecting", "refused", "encoding", "ready", "failed", "cancelled"], Enum(Parameter("GET /api/assets", "state").GetProperty("schema")));
        Assert.Equal(["held", "reported", "removed", "shown", ""], Enum(Member("ModeratedReview", "queue")));
        Assert.Equal(["popularity", "newest", "name", "year"], Enum(Parameter("GET /api/titles", "sort").GetProperty("schema")));
        Assert.Equal(["movie", "series", "season", "episode", "extra"], Enum(Parameter("GET /api/titles", "kind").GetProperty("schema").GetProperty("items")));
        Assert.Equal(["poster", "backdrop", "still", "logo"], Enum(Parameter("PUT /api/studio/titles/{id}/artwork/{role}", "role").GetProperty("schema")));
        Assert.Equal(["draft", "scheduled", "published", "withdrawn"], Enum(Schema("TitleState")));
    }

    [Fact]
    public void The_codes_of_all_problems_are_told()
    {
        var codes = Enum(Member("Problem", "code")).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        // Of each service, and of what all of them have.
        Assert.Superset(
            new HashSet<string>(["credentials_wrong", "title_not_found", "stream_limit", "limit_invalid", "upload_not_found", "job_not_found", "asset_not_found", "bad_request", "rate_limited", "forbidden", "internal_error"]),
            codes.ToHashSet());
        Assert.Contains("streams", Names(Schema("Problem")));
    }

    /// <summary>One type for both had generated clients send all that an answer has, or look for what every answer has.</summary>
    [Fact]
    public void What_is_sent_and_answered_is_told_apart()
    {
        var (sent, answered) = (Schema("TitleContentInput"), Schema("TitleContent"));
        Assert.Equal("#/components/schemas/TitleContentInput", BodyOf("POST /api/studio/titles", "application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Equal(["kind", "originalLanguage", "texts"], Words(sent.GetProperty("required")).Order());
        Assert.Equal(Names(answered), Words(answered.GetProperty("required")).Order());
        Assert.Equal("array", answered.GetProperty("properties").GetProperty("genres").GetProperty("type").GetString());
        Assert.Equal(["array", "null"], Words(sent.GetProperty("properties").GetProperty("genres").GetProperty("type")).Order());
        Assert.Equal(["personId", "role"], Words(Schema("CreditInput").GetProperty("required")).Order());
        Assert.Equal(["character", "personId", "role"], Words(Schema("Credit").GetProperty("required")).Order());
        Assert.Equal(["name"], Words(Schema("ProfileContentInput").GetProperty("required")));
        Assert.Equal(Names(Schema("ProfileContent")), Words(Schema("ProfileContent").GetProperty("required")).Order());
        Assert.Equal("#/components/schemas/ProfileContentInput", BodyOf("POST /api/profiles", "application/json").GetProperty("schema").GetProperty("$ref").GetString());
    }

    [Fact]
    public void What_a_handler_reads_itself_is_told()
    {
        var options = Member("EncodeAgainRequest", "options");
        Assert.Equal(["av1", "hevc", "loudness", "maxHeight", "perTitle", "protection", "quality"], Names(options));
        Assert.Equal(["null", "object"], Words(options.GetProperty("type")).Order());
        Assert.False(options.TryGetProperty("required", out _));
        Assert.Equal(2160, options.GetProperty("properties").GetProperty("maxHeight").GetProperty("maximum").GetInt32());
    }

    [Fact]
    public void Descriptions_have_no_line_ends_of_the_code() => Assert.DoesNotMatch(@"""description"":\s*""[^""]*\\n", host.Document.GetRawText());

    [Fact]
    public void Files_and_If_Match_are_told()
    {
        foreach (var (route, type) in new[]
                 {
                     ("PUT /api/studio/titles/{id}/artwork/{role}", "image/webp"), ("POST /api/studio/titles/import", "text/csv"),
                     ("POST /api/studio/titles/import", "application/x-ndjson"), ("POST /api/assets/{id}/text", "text/vtt"),
                 }) Assert.Equal("binary", Word(BodyOf(route, type).GetProperty("schema"), "format"));
        Assert.Equal(
            [
                "DELETE /api/studio/titles/{id} needed", "POST /api/studio/titles/{id}/publish needed", "POST /api/studio/titles/{id}/redraft needed",
                "POST /api/studio/titles/{id}/withdraw needed", "PUT /api/admin/features/{name} needed", "PUT /api/admin/plans/{id}",
                "PUT /api/admin/promo-codes/{code}", "PUT /api/admin/review-words needed", "PUT /api/people/{id} needed", "PUT /api/profiles/{id} needed",
                "PUT /api/studio/titles/{id} needed", "PUT /api/studio/webhooks/{id} needed",
            ],
            host.Operations.SelectMany(operation => ParametersOf(operation.Value).Where(parameter => Word(parameter, "name") == "If-Match")
                .Select(parameter => parameter.TryGetProperty("required", out var needed) && needed.GetBoolean() ? $"{operation.Key} needed" : operation.Key))
                .Order(StringComparer.Ordinal));
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

    private JsonElement Member(string schema, string name) => Schema(schema).GetProperty("properties").GetProperty(name);

    private JsonElement Parameter(string route, string name) => ParametersOf(host.Operations[route]).Single(parameter => Word(parameter, "name") == name);

    private JsonElement BodyOf(string route, string type) => host.Operations[route].GetProperty("requestBody").GetProperty("content").GetProperty(type);

    private static JsonElement.ArrayEnumerator ParametersOf(JsonElement operation) => operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : default;

    private static string Word(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    /// <summary>Empty for null.</summary>
    private static IEnumerable<string> Enum(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString() ?? "");

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order();

    private static IEnumerable<string> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);
}
