namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>Copies of a database that another process may be writing to.</summary>
internal static class SqliteCopy
{
    /// <summary>Writes the database as it stands at one moment into one file. The writers go on; copying the files themselves would tear
    /// what is in the log from what is in the database.</summary>
    public static void Make(string file, string copy)
    {
        File.Delete(copy);
        using var session = new SqliteSession(file, readOnly: false);
        session.Execute("VACUUM INTO $0", copy);
    }

    /// <summary>The ids in these collections, of which some may not be there.</summary>
    public static HashSet<string> IdsIn(string file, params IEnumerable<string> collections)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var session = new SqliteSession(file, readOnly: false);
        foreach (var table in collections.Select(SqliteQuery.Table))
        {
            using (var known = session.Read("SELECT 1 FROM sqlite_master WHERE name = $0", table.Trim('"')))
            {
                if (!known.Read()) continue;
            }

            using var rows = session.Read($"SELECT id FROM {table}");
            while (rows.Read()) ids.Add(rows.GetString(0));
        }

        return ids;
    }
}
