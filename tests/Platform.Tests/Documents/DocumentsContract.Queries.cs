using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Tests.Documents;

public abstract partial class DocumentsContract
{
    public static TheoryData<string> BadCursors => new(
        "", "x", "!!!", "bm90IGpzb24", "W10", "WyJ5ZWFyIl0", "WyIteWVhciIsMSwiYSJd", "WyJ5ZWFyIixbXSwiYSJd", "WyJ5ZWFyIix7IiRuZSI6MX0sImEiXQ", "bnVsbA");

    [Theory]
    [InlineData(DocumentComparison.Equal, 3, "3")]
    [InlineData(DocumentComparison.Below, 3, "1 2")]
    [InlineData(DocumentComparison.AtMost, 3, "1 2 3")]
    [InlineData(DocumentComparison.Above, 3, "4 5")]
    [InlineData(DocumentComparison.AtLeast, 3, "3 4 5")]
    public async Task Every_comparison_finds_its_documents(DocumentComparison comparison, int year, string expected)
    {
        for (var i = 1; i <= 5; i++) await Set.InsertAsync($"{i}", new Film { Year = i }, Ct);
        await ExpectAsync(expected, new() { Filters = [new("year", comparison, year)] });
        Assert.Equal(expected.Split(' ').Length, await Set.CountAsync([new("year", comparison, (long)year)], Ct));
    }

    [Fact]
    public async Task Every_kind_of_value_can_be_compared()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await Set.InsertAsync("1", new Film { Studio = "a", Seen = true, At = noon }, Ct);
        await Set.InsertAsync("2", new Film { Studio = "b", Seen = false, At = noon.AddMilliseconds(1) }, Ct);
        await ExpectAsync("1", new() { Filters = [DocumentFilter.Equal("seen", true)] });
        await ExpectAsync("2", new() { Filters = [DocumentFilter.Equal("seen", false)] });
        await ExpectAsync("2", new() { Filters = [DocumentFilter.Above("at", noon.ToOffset(TimeSpan.FromHours(5)))] });
        await ExpectAsync("2", new() { Filters = [DocumentFilter.Above("studio", "a")] });
        await ExpectAsync("1 2", new() { Filters = [DocumentFilter.Equal("state", "Announced")] });
    }

    [Fact]
    public async Task Filters_are_a_conjunction()
    {
        for (var i = 1; i <= 6; i++) await Set.InsertAsync($"{i}", new Film { Year = i, Studio = i % 2 == 0 ? "even" : "odd" }, Ct);
        await ExpectAsync("4 6", new() { Filters = [DocumentFilter.Equal("studio", "even"), DocumentFilter.Above("year", 2)] });
        await ExpectAsync("3 4", new() { Filters = [DocumentFilter.AtLeast("year", 3), DocumentFilter.Below("year", 5)] });
    }

    [Fact]
    public async Task In_finds_any_of_its_values()
    {
        for (var i = 1; i <= 5; i++) await Set.InsertAsync($"{i}", new Film { Year = i }, Ct);
        await ExpectAsync("2 5", new() { Filters = [DocumentFilter.In("year", [5, 2L, 9])] });
        await ExpectAsync("", new() { Filters = [DocumentFilter.In("year", [])] });
    }

    [Fact]
    public async Task A_null_field_matches_only_equal_null()
    {
        await Set.InsertAsync("1", new Film { Studio = "a" }, Ct);
        await Set.InsertAsync("2", new Film(), Ct);
        await ExpectAsync("2", new() { Filters = [DocumentFilter.Equal("studio", null)] });
        await ExpectAsync("1", new() { Filters = [DocumentFilter.AtLeast("studio", "")] });
        await ExpectAsync("1", new() { Filters = [DocumentFilter.AtMost("studio", "z")] });
        await ExpectAsync("1", new() { Filters = [DocumentFilter.In("studio", ["a", ""])] });
    }

    [Fact]
    public async Task What_a_filter_cannot_mean_is_refused()
    {
        DocumentFilter[] wrong =
        [
            DocumentFilter.Equal("undeclared", 1), DocumentFilter.Equal("id", "1"), DocumentFilter.Equal("year\" OR 1=1 --", 1),
            DocumentFilter.Equal("year", new { ne = 1 }), DocumentFilter.Equal("year", new Dictionary<string, object> { ["$ne"] = 1 }),
            DocumentFilter.Equal("year", 1.5), DocumentFilter.Equal("studio", "\ud800"), DocumentFilter.Equal("year", new object[] { 1 }),
            new("year", DocumentComparison.Below, null), new("year", DocumentComparison.In, 1),
            DocumentFilter.In("studio", ["a", null!]), DocumentFilter.In("studio", [new object()]),
            DocumentFilter.Equal("studio", System.Text.Json.JsonDocument.Parse("{}").RootElement),
        ];
        foreach (var filter in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.QueryAsync(new() { Filters = [filter] }, Ct));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.CountAsync([filter], Ct));
        }

        foreach (var limit in (int[])[0, -1, 1001])
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.QueryAsync(new() { Limit = limit }, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Set.QueryAsync(new() { Sort = [new("year; --")] }, Ct));
    }

    [Fact]
    public async Task Text_sorts_by_its_bytes()
    {
        string[] studios = ["Z", "a", "B", "ä", "z", "é", "ﬀ", "😀", "", "0"];
        for (var i = 0; i < studios.Length; i++) await Set.InsertAsync($"{i}", new Film { Studio = studios[i] }, Ct);
        var sorted = (await Set.QueryAsync(new() { Sort = [new("studio")] }, Ct)).Items.Select(item => item.Value.Studio!);
        Assert.Equal(studios.OrderBy(studio => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(studio)), StringComparer.Ordinal), sorted);
    }

    [Theory]
    [InlineData("year")]
    [InlineData("-year")]
    [InlineData("studio")]
    [InlineData("-studio")]
    [InlineData("studio,year")]
    [InlineData("studio,-year")]
    [InlineData("-studio,year")]
    [InlineData("-studio,-year")]
    [InlineData("-at")]
    [InlineData("at,-studio,seen")]
    [InlineData("")]
    public async Task Pages_of_any_size_add_up_to_the_whole_order(string sort)
    {
        // Ties, nulls and every combination of them.
        var films = Enumerable.Range(0, 48).Select(i => KeyValuePair.Create($"{(i * 7) % 48:D2}", new Film
        {
            Year = i % 3,
            Seen = i % 2 == 0,
            Studio = (i % 4) switch { 0 => null, 1 => "a", 2 => "b", _ => "" },
            At = i % 5 == 0 ? null : DateTimeOffset.UnixEpoch.AddDays(i % 6),
        })).ToArray();
        await Set.InsertManyAsync(films, Ct);
        var query = new DocumentQuery { Sort = SortOf(sort) };
        var whole = (await Set.QueryAsync(query, Ct)).Items.Select(item => item.Id).ToArray();
        Assert.Equal(Expected(films, query.Sort), whole);
        foreach (var size in (int[])[1, 5, 47, 48])
            Assert.Equal(whole, (await PagesAsync(query with { Limit = size })).SelectMany(page => page));
    }

    [Fact]
    public async Task The_last_page_has_no_next_one()
    {
        for (var i = 0; i < 6; i++) await Set.InsertAsync($"{i}", new Film { Year = i }, Ct);
        Assert.Equal(["0 1 2", "3 4 5"], (await PagesAsync(new() { Limit = 3 })).Select(page => string.Join(' ', page)));
    }

    [Fact]
    public async Task Pages_stay_in_place_when_documents_come_and_go_before_them()
    {
        for (var i = 10; i < 20; i++) await Set.InsertAsync($"{i}", new Film { Year = i }, Ct);
        var query = new DocumentQuery { Sort = [new("year", Descending: true)], Limit = 4 };
        var first = await Set.QueryAsync(query, Ct);
        Assert.Equal(["19", "18", "17", "16"], first.Items.Select(item => item.Id));

        await Set.InsertAsync("99", new Film { Year = 99 }, Ct);
        await Set.DeleteAsync("18", cancellationToken: Ct);
        await Set.DeleteAsync("16", cancellationToken: Ct); // The very document the cursor was made from.
        var second = await Set.QueryAsync(query with { After = first.Next }, Ct);
        Assert.Equal(["15", "14", "13", "12"], second.Items.Select(item => item.Id));
    }

    [Theory]
    [MemberData(nameof(BadCursors))]
    public async Task A_made_up_cursor_is_refused(string cursor) => await Assert.ThrowsAsync<InvalidCursorException>(
        () => Set.QueryAsync(new() { Sort = [new("year")], After = cursor }, Ct));

    [Fact]
    public async Task A_cursor_of_another_sort_is_refused()
    {
        for (var i = 0; i < 3; i++) await Set.InsertAsync($"{i}", new Film { Year = i }, Ct);
        var page = await Set.QueryAsync(new() { Sort = [new("year")], Limit = 1 }, Ct);
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Set.QueryAsync(new() { Sort = [new("year", Descending: true)], After = page.Next }, Ct));
    }

    [Fact]
    public async Task A_replaced_document_is_found_by_its_new_fields_only()
    {
        await Set.InsertAsync("1", new Film { Studio = "a" }, Ct);
        await Set.ReplaceAsync("1", 1, new Film { Studio = "b" }, Ct);
        await ExpectAsync("", new() { Filters = [DocumentFilter.Equal("studio", "a")] });
        await ExpectAsync("1", new() { Filters = [DocumentFilter.Equal("studio", "b")] });
    }

    private static DocumentSort[] SortOf(string sort) => [.. sort.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(field => new DocumentSort(field.TrimStart('-'), field.StartsWith('-')))];

    /// <summary>The order by the contract's words: nulls first upward, ties by id in the direction of the last sort.</summary>
    private static IEnumerable<string> Expected(KeyValuePair<string, Film>[] films, IReadOnlyList<DocumentSort> sort)
    {
        var down = sort is [.., { Descending: true }];
        return films.Order(Comparer<KeyValuePair<string, Film>>.Create((a, b) =>
        {
            foreach (var (field, descending) in sort)
            {
                var order = Comparer<object>.Default.Compare(Value(a.Value, field), Value(b.Value, field));
                if (order != 0) return descending ? -order : order;
            }

            return down ? string.CompareOrdinal(b.Key, a.Key) : string.CompareOrdinal(a.Key, b.Key);
        })).Select(film => film.Key);

        static object? Value(Film film, string field) => field switch
        {
            "year" => film.Year,
            "studio" => film.Studio,
            "seen" => film.Seen,
            _ => film.At,
        };
    }

    private async Task ExpectAsync(string ids, DocumentQuery query) =>
        Assert.Equal(ids, string.Join(' ', (await Set.QueryAsync(query, Ct)).Items.Select(item => item.Id)));

    private async Task<List<string[]>> PagesAsync(DocumentQuery query)
    {
        var pages = new List<string[]>();
        do
        {
            var page = await Set.QueryAsync(query, Ct);
            pages.Add([.. page.Items.Select(item => item.Id)]);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return pages;
    }
}
