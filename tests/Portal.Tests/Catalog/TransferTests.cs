using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class TransferTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Csv = "text/csv";
    private const string Season = ",\"kind\":\"season\",\"number\":1,\"parentExternalId\":\"s\"";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jsonl", "application/x-ndjson")]
    [InlineData("csv", Csv)]
    public async Task What_is_exported_is_imported_as_it_was(string format, string type)
    {
        using var from = await Studio.OfAsync(portal);
        using var to = await Studio.OfAsync(portal);
        var series = await from.PublishAsync(Full("A \"series\", | =1+1", "series"), portal.Clock.GetUtcNow().AddDays(3));
        var season = Series.Part("season", series, 1);
        season["texts"] = JsonNode.Parse("""{"en":{"name":"=cmd|' /C calc'!A0","synopsis":"two\nlines"},"pt-BR":{"name":"'quoted"}}""");
        var made = await from.PublishAsync(season);
        await from.MoveAsync(made, "withdraw");
        await from.MakeAsync(Series.Part("episode", made, 1));
        await from.MakeAsync(Series.Part("extra", series, null));
        await from.MakeAsync(Full("Plain", "movie"));

        var exported = await from.ExportAsync(format);
        Assert.DoesNotContain("\n=", exported.Replace("\"", ""));
        if (format == "csv") Assert.DoesNotContain(",=", exported.Replace("\"", ""));
        var report = await to.ImportAsync(exported, type);
        Assert.True(report.GetProperty("created").GetInt32() == 5, report.ToString());
        Assert.Equal(exported, await to.ExportAsync(format));
        Assert.Equal(5, (await to.ImportAsync(exported, type)).GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_told_by_line_and_code()
    {
        using var studio = await Studio.OfAsync(portal);
        var file = string.Join('\n',
            Row("a", "A"), "", "{broken", Row("", "B"), Row("b", "C", ",\"kind\":\"film\""), Row("c", "D", ",\"surprise\":1"), Row("d", "E", ",\"year\":1"),
            new string('x', 1_100_000), Row("e", "F", ",\"parentExternalId\":\"none\",\"kind\":\"episode\",\"number\":1"),
            Row("f", "G", ",\"people\":[{\"name\":\"\",\"role\":\"actor\"}]"), Row("g", "H", ",\"state\":\"published\""), Row("h", "I", ",\"state\":\"gone\""), Row("z", "Z"));
        var report = await studio.ImportAsync(file);
        Assert.Equal(
            "3 row_unreadable, 4 external_id_missing, 5 title_kind_invalid, 6 row_unreadable, 7 title_year_invalid, 8 row_too_long, 9 title_parent_invalid, "
            + "10 person_name_invalid, 11 title_incomplete, 12 row_state_invalid",
            Told(report));
        Assert.Equal((12, 2, 10), (report.GetProperty("rows").GetInt32(), report.GetProperty("created").GetInt32(), report.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task Bad_lines_of_csv_are_told_too()
    {
        using var studio = await Studio.OfAsync(portal);
        var report = await studio.ImportAsync(
            "externalId,kind,originalLanguage,name:en,year,people\r\na,movie,en,A,2000,\r\nb,movie,en,\"B\r\nof two lines\",2001,\r\n"
            + "c,movie,en,C,soon,\r\nd,movie,en\r\ne,movie,en,E,2000,[{]\r\nf,movie,en,\"F\" x,2000,\r\ng,movie,en,G,2000,\r\n", Csv);
        Assert.Equal("3 title_texts_invalid, 5 row_unreadable, 6 row_unreadable, 7 row_unreadable, 8 row_unreadable", Told(report));
        Assert.Equal(2, report.GetProperty("created").GetInt32());
        Assert.Equal("1 column_unknown", Told(await studio.ImportAsync("externalId,kynd\na,movie\n", Csv)));
        await Problems.IsAsync(await studio.SendFileAsync("x", "text/plain"), HttpStatusCode.UnsupportedMediaType, "import_format_unknown");
    }

    [Fact]
    public async Task A_header_of_more_columns_than_there_are_is_refused()
    {
        using var studio = await Studio.OfAsync(portal);
        var header = $"externalId,{string.Join(',', Enumerable.Range(0, 137).Select(i => $"name:{i}"))}";
        Assert.Equal("1 columns_too_many", Told(await studio.ImportAsync($"{header}\na{new string(',', 137)}\n", Csv)));
        Assert.Equal("1 column_unknown", Told(await studio.ImportAsync("externalId,kind,kind\na,movie,movie\n", Csv)));
    }

    [Fact]
    public async Task A_row_that_is_refused_makes_nobody()
    {
        using var studio = await Studio.OfAsync(portal);
        var name = $"Ann {Guid.NewGuid():n}";
        await studio.ImportAsync(string.Join('\n', Row("s", "S", ",\"kind\":\"series\""), Row("s1", "S1", Season)));
        var refused = await studio.ImportAsync(string.Join(
            '\n', Row("a", "A", $",\"year\":1{Cast("actor")}"), Row("b", "B", Cast("king")), Row("c", "C", Cast("actor", 201)),
            Row("d", "D", $",\"state\":\"published\"{Cast("actor")}"), Row("s2", "S2", $"{Season}{Cast("actor")}")));
        Assert.Equal("1 title_year_invalid, 2 credit_invalid, 3 credit_invalid, 4 title_incomplete, 5 title_number_taken", Told(refused));
        Assert.Equal(0, await KnownAsync());
        await studio.ImportAsync(string.Join('\n', Row("e", "E", Cast("actor", 2)), Row("f", "F", Cast("director", 2))));
        Assert.Equal(2, await KnownAsync());

        string Cast(string role, int people = 1) =>
            $",\"people\":[{string.Join(',', Enumerable.Range(0, people).Select(i => $$"""{"name":"{{name}} {{i}}","role":"{{role}}"}"""))}]";

        async Task<int> KnownAsync() =>
            JsonElement.Parse(await studio.Http.GetStringAsync($"/api/people?name={name}", Ct)).GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task A_row_publishes_nothing_that_it_does_not_call_published()
    {
        using var studio = await Studio.OfAsync(portal);
        var fields = $$""","rating":{"minimumAge":6},"assetId":"{{await studio.AssetAsync()}}" """;
        var first = portal.Clock.GetUtcNow();
        foreach (var (state, at) in new[] { ("scheduled", (DateTimeOffset?)null), ("scheduled", first.AddDays(-1)), ("published", first.AddDays(1)) })
            Assert.Equal("1 row_state_invalid", Told(await SendAsync(state, at)));
        Assert.Equal("", await studio.ExportAsync("jsonl"));

        Assert.Equal(1, (await SendAsync("scheduled", first.AddDays(2))).GetProperty("created").GetInt32());
        Assert.Equal(1, (await SendAsync("scheduled", null)).GetProperty("unchanged").GetInt32());
        Assert.Equal(1, (await SendAsync("published", null)).GetProperty("changed").GetInt32());
        Assert.Equal(("published", first), await StandsAsync());
        await SendAsync("withdrawn", null);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await SendAsync("published", null)).GetProperty("changed").GetInt32());
        Assert.Equal(("published", first), await StandsAsync());

        Task<JsonElement> SendAsync(string state, DateTimeOffset? at) =>
            studio.ImportAsync(Row("m", "M", $"{fields},\"state\":\"{state}\"{(at is null ? "" : $",\"releaseAt\":\"{at:o}\"")}"));

        async Task<(string? State, DateTimeOffset At)> StandsAsync()
        {
            var row = JsonElement.Parse(await studio.ExportAsync("jsonl"));
            return (row.GetProperty("state").GetString(), row.GetProperty("releaseAt").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_does_nothing()
    {
        using var studio = await Studio.OfAsync(portal);
        await studio.ImportAsync(Row("a", "Before"));
        var file = string.Join('\n', Row("a", "After"), Row("s", "S", ",\"kind\":\"series\""), Row("s1", "S1", ",\"kind\":\"season\",\"number\":1,\"parentExternalId\":\"s\""), Row("x", "X", ",\"year\":1"));
        var dry = await studio.ImportAsync(file, query: "?dryRun=true");
        Assert.Contains("Before", await studio.ExportAsync("jsonl"));
        Assert.DoesNotContain("\"s1\"", await studio.ExportAsync("jsonl"));
        var wet = await studio.ImportAsync(file);
        foreach (var count in new[] { "rows", "created", "changed", "unchanged", "refused" }) Assert.Equal(wet.GetProperty(count).GetInt32(), dry.GetProperty(count).GetInt32());
        Assert.Equal("4 title_year_invalid", Told(dry));
        Assert.Equal((2, 1), (wet.GetProperty("created").GetInt32(), wet.GetProperty("changed").GetInt32()));
    }

    [Fact]
    public async Task A_season_may_follow_its_series_in_one_file_and_a_title_come_twice()
    {
        using var studio = await Studio.OfAsync(portal);
        var rows = new List<string> { Row("s", "S", ",\"kind\":\"series\""), Row("s1", "S1", ",\"kind\":\"season\",\"number\":1,\"parentExternalId\":\"s\"") };
        rows.AddRange(Enumerable.Range(1, 250).Select(i => Row($"e{i}", $"E{i}", $",\"kind\":\"episode\",\"number\":{i},\"parentExternalId\":\"s1\"")));
        rows.Add(Row("e250", "Again", ",\"kind\":\"episode\",\"number\":250,\"parentExternalId\":\"s1\""));
        rows.Add(Row("e251", "Taken", ",\"kind\":\"episode\",\"number\":250,\"parentExternalId\":\"s1\""));
        var report = await studio.ImportAsync(string.Join('\n', rows));
        Assert.Equal((252, 1), (report.GetProperty("created").GetInt32(), report.GetProperty("changed").GetInt32()));
        Assert.Equal("254 title_number_taken", Told(report));
    }

    [Fact]
    public async Task A_file_of_too_many_rows_is_taken_up_to_there()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Catalog:ImportRows"] = "2" });
        using var studio = await Studio.OfAsync(own);
        var report = await studio.ImportAsync(string.Join('\n', Row("a", "A"), Row("b", "B"), Row("c", "C"), Row("d", "D")));
        Assert.Equal("3 import_too_long", Told(report));
        Assert.Equal(2, report.GetProperty("created").GetInt32());
    }

    [Theory]
    [InlineData("text/csv", "externalId,tags,name:de\nx-Whole,three,Ganz\n")]
    [InlineData("application/x-ndjson", """{"externalId":"x-Whole","tags":["three"],"texts":{"en":{"name":"Whole"},"de":{"name":"Ganz"}}}""")]
    public async Task What_a_row_does_not_tell_stays_as_it_is(string type, string file)
    {
        using var studio = await Studio.OfAsync(portal);
        var whole = Full("Whole", "movie");
        whole["texts"]!["fr"] = new JsonObject { ["name"] = "Entier" };
        whole["assetId"] = await studio.AssetAsync();
        await studio.MakeAsync(whole);
        var before = JsonNode.Parse(await studio.ExportAsync("jsonl"))!;

        Assert.Equal(1, (await studio.ImportAsync(file, type)).GetProperty("changed").GetInt32());

        var after = JsonNode.Parse(await studio.ExportAsync("jsonl"))!;
        Assert.Equal(("""["three"]""", "Ganz"), (after["tags"]!.ToJsonString(), after["texts"]!["de"]!["name"]!.GetValue<string>()));
        // A member is told as a whole, a column for itself.
        Assert.Equal(type == Csv, after["texts"]!["fr"] is not null);
        after["tags"] = before["tags"]!.DeepClone();
        after["texts"] = before["texts"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(before, after), $"{before} became {after}");
        Assert.Equal(1, (await studio.ImportAsync(file, type)).GetProperty("unchanged").GetInt32());
    }

    [Theory]
    [InlineData("text/csv", "externalId,year,synopsis:en,windows\nx-Plain,,,\n")]
    [InlineData("application/x-ndjson", """{"externalId":"x-Plain","year":null,"texts":{"en":{"name":"Plain"}},"windows":null}""")]
    public async Task What_a_row_tells_to_be_empty_is_taken_away(string type, string file)
    {
        using var studio = await Studio.OfAsync(portal);
        var plain = Full("Plain", "movie");
        plain["texts"]!["en"]!["synopsis"] = "Of which nothing stays.";
        await studio.MakeAsync(plain);

        Assert.Equal(1, (await studio.ImportAsync(file, type)).GetProperty("changed").GetInt32());

        var after = JsonNode.Parse(await studio.ExportAsync("jsonl"))!;
        Assert.Equal((null, null, "Plain", "[]"), (after["year"], after["texts"]!["en"]!["synopsis"], after["texts"]!["en"]!["name"]!.GetValue<string>(), after["windows"]!.ToJsonString()));
    }

    private static JsonObject Full(string name, string kind)
    {
        var title = Studio.Movie(name, 1999, "drama", "war");
        title["kind"] = kind;
        title["externalId"] = $"x-{name}";
        title["countries"] = new JsonArray("DE", "FR");
        title["tags"] = new JsonArray("one", "-two");
        title["rating"] = JsonNode.Parse("""{"minimumAge":16,"labels":{"DE":"FSK 16"}}""");
        title["windows"] = JsonNode.Parse("""[{"regions":["*"],"from":"2020-01-01T00:00:00Z"},{"regions":["DE","AT"],"until":"2030-01-01T00:00:00.5Z"}]""");
        return title;
    }

    private static string Row(string externalId, string name, string more = "")
    {
        var row = $$$"""{"externalId":"{{{externalId}}}","originalLanguage":"en","texts":{"en":{"name":"{{{name}}}"}}{{{more}}}}""";
        return more.Contains("\"kind\"") ? row : row.Insert(1, "\"kind\":\"movie\",");
    }

    private static string Told(JsonElement report) => string.Join(
        ", ", report.GetProperty("problems").EnumerateArray().Select(problem => $"{problem.GetProperty("line").GetInt64()} {problem.GetProperty("code").GetString()}"));
}
