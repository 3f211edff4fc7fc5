using System.Diagnostics;
using FlickStream.Transcoder.Board;
using Microsoft.Data.Sqlite;

namespace FlickStream.Board.Bench;

/// <summary>What SQLite itself needs for the writes of a step's life: inserted, claimed, finished, logged, in the board's own tables with
/// its indexes and durability. Nothing is looked for, parsed or contended; as many writes share a transaction as there are workers.</summary>
internal sealed class BareSqlite : IDisposable
{
    private const int LargestGroup = 256; // SqliteDatabase's own.

    private readonly SqliteConnection _connection;
    private readonly int _group;
    private readonly List<string> _models = [];
    private readonly string _run = Guid.NewGuid().ToString("N");

    private BareSqlite(string file, int workers)
    {
        _group = Math.Min(workers, LargestGroup);
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
        using var ids = Command("SELECT id FROM d_steps WHERE f_state = 'Ready' AND f_lane = 'Encode' ORDER BY f_order LIMIT 1000");
        using var reader = ids.ExecuteReader();
        while (reader.Read()) _models.Add(reader.GetString(0));
    }

    /// <param name="engine">Whose documents nothing else uses now. Steps that are done are added to them.</param>
    /// <param name="workers">That write at the same time.</param>
    /// <param name="duration">Of the measurement.</param>
    /// <returns>Steps a second.</returns>
    public static double Run(Engine engine, int workers, TimeSpan duration)
    {
        using var bare = new BareSqlite(Directory.EnumerateFiles(engine.Folder, "*.sqlite").Single(), workers);
        return bare.Run(duration);
    }

    public void Dispose() => _connection.Dispose();

    private double Run(TimeSpan duration)
    {
        var fields = string.Concat(Step.Schema.Fields.Select(field => $", f_{field.Name}"));
        using var insert = Command(
            $"INSERT INTO d_steps (id, version, json{fields}) SELECT $id, 1, json{fields} FROM d_steps WHERE id = $model");
        using var claim = Command(Replace(version: 1, "state = 'Running', f_owner = 'worker-1', f_leaseUntil = f_runAfter + 30000"));
        using var finish = Command(Replace(version: 2, "state = 'Done', f_owner = NULL, f_leaseUntil = NULL"));
        using var log = Command(
            "INSERT INTO d_step_log (id, version, json, f_job, f_at) SELECT $id, 1, substr(json, 1, 300), f_job, f_runAfter FROM d_steps WHERE id = $model");
        var start = Stopwatch.GetTimestamp();
        var lives = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; lives += _group)
        {
            foreach (var write in (SqliteCommand[])[insert, claim, finish, log]) Together(write, lives);
        }

        return lives / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Together(SqliteCommand write, int first)
    {
        Run("BEGIN IMMEDIATE");
        for (var i = first; i < first + _group; i++)
        {
            write.Parameters["$id"].Value = $"{_run}:{i}";
            write.Parameters["$model"].Value = _models[i % _models.Count];
            write.ExecuteNonQuery();
        }

        Run("COMMIT");
    }

    // The adapter writes all columns too, whether they change or not.
    private static string Replace(int version, string state) =>
        "UPDATE d_steps SET version = version + 1, json = json || ' ', f_job = f_job, f_lane = f_lane, f_order = f_order, f_runAfter = f_runAfter, "
        + $"f_{state} WHERE id = $id AND version = {version}";

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in (string[])["$id", "$model"]) command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = "" });
        return command;
    }
}
