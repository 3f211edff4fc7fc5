using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>What lies in a data folder, read past the services.</summary>
internal sealed record DataContents(string Folder)
{
    /// <summary>SHA-256 of every blob of an asset by its key below the asset's folder, which begins with the plan's hash.</summary>
    public SortedDictionary<string, string> BlobsOf(string assetId)
    {
        var folder = Path.Combine(Folder, "blobs", "objects", "media", assetId);
        return new(
            FilesBelow(folder).ToDictionary(
                path => Path.GetRelativePath(folder, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))),
            StringComparer.Ordinal);
    }

    /// <summary>Files other than whole blobs, documents, key and lock; work that goes on has some.</summary>
    public IReadOnlyList<string> Scraps() =>
    [
        .. FilesBelow(Path.Combine(Folder, "work")), .. FilesBelow(Path.Combine(Folder, "blobs", "temp")),
        .. FilesBelow(Path.Combine(Folder, "blobs", "partial")),
        .. Directory.EnumerateDirectories(Path.Combine(Folder, "work", "standalone")),
    ];

    /// <summary>All blobs that are whole, masters too.</summary>
    public IReadOnlyList<string> Blobs() => [.. FilesBelow(Path.Combine(Folder, "blobs", "objects"))];

    /// <summary>The documents of a collection, ids first, as they are stored.</summary>
    public IReadOnlyList<(string Id, string Json)> Documents(string collection)
    {
        if (MongoDatabases.Server is not null) return MongoDatabases.Documents(Folder, collection);
        using var database = new SqliteConnection($"Data Source={Path.Combine(Folder, "documents.sqlite")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // The names are the tests' own.
        command.CommandText = $"SELECT id, json FROM d_{collection} ORDER BY id";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var documents = new List<(string, string)>();
        while (reader.Read()) documents.Add((reader.GetString(0), reader.GetString(1)));
        return documents;
    }

    public static string StateOf(string document)
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.GetProperty("state").GetString()!.ToLowerInvariant();
    }

    /// <summary>Makes unfinished writes look as old as those which sweeps free.</summary>
    public void AgePartials()
    {
        foreach (var file in FilesBelow(Path.Combine(Folder, "blobs", "partial"))) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
    }

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}
