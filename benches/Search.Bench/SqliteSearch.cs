using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace FlickStream.Search.Bench;

/// <summary>
/// What the site's search is measured beside: SQLite's FTS5 over the same titles in memory, as one would set it up in a day. All words, of which the last may be
/// half typed, by BM25 with names before people, genres and synopses; and where that finds too few, titles that share most runs of three letters with the query.
/// Neither counts facets nor popularity, and holds whatever anybody may see.
/// </summary>
internal sealed class SqliteSearch : IDisposable
{
    private const int Length = 20, Run = 3;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly string[] _ids;
    private readonly SqliteCommand _words;
    private readonly SqliteCommand _runs;

    public SqliteSearch(BenchTitle[] titles)
    {
        _ids = Array.ConvertAll(titles, title => title.Id);
        _connection.Open();
        Execute("CREATE VIRTUAL TABLE words USING fts5(names, people, genres, synopsis, content='', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')");
        Execute("CREATE VIRTUAL TABLE runs USING fts5(names, content='', tokenize='trigram remove_diacritics 1')");
        Execute("INSERT INTO words(words, rank) VALUES('rank', 'bm25(10, 5, 3, 1)')");
        var began = Stopwatch.GetTimestamp();
        Fill(titles);
        Built = Stopwatch.GetElapsedTime(began);
        (_words, _runs) = (Query("words"), Query("runs"));
    }

    /// <summary>From documents that are read to the first search.</summary>
    public TimeSpan Built { get; }

    /// <param name="least">With how many titles the words are enough.</param>
    /// <returns>Ids, best first.</returns>
    public string[] Find(string text, int least)
    {
        var words = Ids(_words, string.Join(" AND ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Quoted)) + "*");
        if (words.Length >= least) return words;
        var letters = text.EnumerateRunes().Select(letter => letter.ToString()).ToArray();
        var runs = Enumerable.Range(0, Math.Max(0, letters.Length - Run + 1)).Select(at => Quoted(string.Concat(letters[at..(at + Run)]))).Distinct().ToArray();
        return runs.Length == 0 ? words : [.. words.Union(Ids(_runs, string.Join(" OR ", runs)))];
    }

    public void Dispose()
    {
        _words.Dispose();
        _runs.Dispose();
        _connection.Dispose();
    }

    private void Fill(BenchTitle[] titles)
    {
        using var transaction = _connection.BeginTransaction();
        using var words = Insert("INSERT INTO words(rowid, names, people, genres, synopsis) VALUES(@row, @names, @people, @genres, @synopsis)", "names", "people", "genres", "synopsis");
        using var runs = Insert("INSERT INTO runs(rowid, names) VALUES(@row, @names)", "names");
        for (var row = 0; row < titles.Length; row++)
        {
            var title = titles[row];
            var (texts, names) = (title.Content.Texts!.Values, string.Join(" \n ", title.Names));
            Set(words, row, names, string.Join(' ', title.People.Values), string.Join(' ', title.Content.Genres!.Concat(title.Content.Tags!)),
                string.Join(' ', texts.Select(text => text!.Synopsis).Distinct()));
            Set(runs, row, names);
        }

        transaction.Commit();
        Execute("INSERT INTO words(words) VALUES('optimize')");
        Execute("INSERT INTO runs(runs) VALUES('optimize')");
    }

    private SqliteCommand Insert(string text, params string[] columns)
    {
        // One that is made otherwise does not belong to the transaction.
        var command = _connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.Add("@row", SqliteType.Integer);
        foreach (var column in columns) command.Parameters.Add($"@{column}", SqliteType.Text);
        return command;
    }

    private static void Set(SqliteCommand command, int row, params string[] values)
    {
        command.Parameters[0].Value = row;
        for (var at = 0; at < values.Length; at++) command.Parameters[at + 1].Value = values[at];
        command.ExecuteNonQuery();
    }

    private SqliteCommand Query(string table)
    {
        var command = new SqliteCommand($"SELECT rowid FROM {table} WHERE {table} MATCH @query ORDER BY rank LIMIT {Length}", _connection);
        command.Parameters.Add("@query", SqliteType.Text);
        return command;
    }

    private string[] Ids(SqliteCommand command, string query)
    {
        command.Parameters[0].Value = query;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(_ids[reader.GetInt32(0)]);
        return [.. found];
    }

    private void Execute(string text)
    {
        using var command = new SqliteCommand(text, _connection);
        command.ExecuteNonQuery();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
