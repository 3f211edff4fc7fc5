using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;
using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>Plays have few indexes, as each costs every play; so each question has to be asked such that one of them answers it.</summary>
public sealed class PlayQueryTests : IAsyncDisposable
{
    private const string ByOwner = "ix_plays__account__profile__started";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flickstream-plays-");
    private readonly SqliteDocuments _documents;

    public PlayQueryTests() => _documents = new SqliteDocuments(Path.Combine(_data.FullName, "documents.sqlite"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is open, silent or over is all that there is of each of these indexes.</summary>
    [Theory]
    [InlineData("open")]
    [InlineData("silent")]
    [InlineData("closed")]
    public async Task What_is_open_silent_or_over_is_searched_for_in_an_index_of_its_own(string field)
    {
        var set = (SqliteDocumentSet<Play>)_documents.Set(Play.Schema);
        await set.InsertAsync("1", PlayOf(1), Ct);
        foreach (var (sql, values) in set.Plan(field switch
        {
            "open" => PlayQueries.Open("p"),
            "silent" => PlayQueries.Silent(DateTimeOffset.UnixEpoch),
            _ => PlayQueries.Closed(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)),
        }))
        {
            var plan = await _documents.Database.WriteAsync(session => Explain(session, sql, values), Ct);
            Assert.Contains($"SEARCH d_plays USING INDEX ix_plays_sparse__{field} ", plan);
            Assert.DoesNotContain("TEMP B-TREE", plan);
        }
    }

    public static TheoryData<string, string> Questions => new()
    {
        { "of an account", "account=?" },
        { "of a profile", "account=? AND f_profile=?" },
        { "of a title", "account=? AND f_profile=?" },
        { "the latest", "account=? AND f_profile=?" },
        { "of a day", "account=? AND f_profile=? AND f_started>? AND f_started<?" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Whose_plays_they_are_is_searched_for_in_one_index_that_needs_no_sorting(string question, string range)
    {
        var set = (SqliteDocumentSet<Play>)_documents.Set(Play.Schema);
        for (var number = 0; number < 3; number++) await set.InsertAsync($"{number}", PlayOf(number), Ct);
        var query = QueryOf(question);
        await ExpectAsync(query, $"{ByOwner} (f_{range})");
        // The pages after the first too.
        if ((await set.QueryAsync(query with { Limit = 1 }, Ct)).Next is { } next) await ExpectAsync(query with { After = next }, $"{ByOwner} (f_account=?");

        async Task ExpectAsync(DocumentQuery asked, string expected)
        {
            foreach (var (sql, values) in set.Plan(asked))
            {
                var plan = await _documents.Database.WriteAsync(session => Explain(session, sql, values), Ct);
                Assert.Contains($"SEARCH d_plays USING INDEX {expected}", plan);
                Assert.DoesNotContain("TEMP B-TREE", plan);
            }
        }
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_loses_the_indexes_that_nothing_is_asked_by()
    {
        var earlier = new DocumentSchema<Play>("plays").Field("account", p => p.AccountId).Field("profile", p => p.ProfileId).Field("title", p => p.TitleId)
            .Index("account").Index("profile", "title");
        await using (var before = new SqliteDocuments(Path.Combine(_data.FullName, "documents.sqlite"))) await before.Set(earlier).InsertAsync("1", PlayOf(1), Ct);
        var found = (await _documents.Set(Play.Schema).QueryAsync(PlayQueries.OfTitle("a", "p", "t"), Ct)).Items;
        Assert.Equal("1", Assert.Single(found).Id);
        var indexes = await _documents.Database.WriteAsync(session => Texts(session.Read("SELECT name FROM pragma_index_list('d_plays') WHERE origin = 'c'"), 0), Ct);
        Assert.Equal([ByOwner, "ix_plays__started", "ix_plays_sparse__closed", "ix_plays_sparse__open", "ix_plays_sparse__silent"], indexes.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _documents.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static DocumentQuery QueryOf(string question) => question switch
    {
        "of an account" => PlayQueries.OfAccount("a"),
        "of a profile" => PlayQueries.OfProfile("a", "p"),
        "of a title" => PlayQueries.OfTitle("a", "p", "t"),
        "the latest" => PlayQueries.Latest("a", "p", 2),
        _ => PlayQueries.Started("a", "p", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)),
    };

    private static Play PlayOf(int number) => new()
    {
        Id = $"{number}", AccountId = "a", ProfileId = "p", TitleId = "t", Kind = "movie", StartedAt = DateTimeOffset.UnixEpoch.AddHours(number), SeenAt = DateTimeOffset.UnixEpoch,
    };

    private static string Explain(SqliteSession session, string sql, object?[] values) => string.Join('\n', Texts(session.Read($"EXPLAIN QUERY PLAN {sql}", values), 3));

    private static List<string> Texts(SqliteCursor rows, int column)
    {
        using (rows)
        {
            var texts = new List<string>();
            while (rows.Read()) texts.Add(rows.GetString(column));
            return texts;
        }
    }
}
