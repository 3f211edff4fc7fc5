using System.Text.Json;
using FlickStream.Platform.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>Fills the fields that a newer release declares in documents that an older one wrote. Which those are is read from an index,
/// so that an opening with nothing to fill costs the same however many documents there are.</summary>
internal sealed class MongoBackfill<T>(IMongoCollection<BsonDocument> collection, DocumentSchema<T> schema)
    where T : class
{
    private const int Batch = 500;

    /// <summary>As documents keep it: the names in order, with commas.</summary>
    public static string DeclaredBy(IEnumerable<string> fields) => string.Join(',', fields.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public async Task RunAsync()
    {
        using var generations = await collection.DistinctAsync<string>(MongoQuery.Declared, new BsonDocument());
        foreach (var declared in await generations.ToListAsync())
        {
            var known = declared.Split(',', StringSplitOptions.RemoveEmptyEntries);
            var missing = schema.Fields.Where(field => !known.Contains(field.Name)).ToArray();
            if (missing.Length > 0) await FillAsync(declared, DeclaredBy([.. known, .. missing.Select(field => field.Name)]), missing);
        }
    }

    private async Task FillAsync(string declared, string filled, DocumentField<T>[] missing)
    {
        // Always the first page: what is filled belongs to it no more.
        var oldest = collection.Find(new BsonDocument(MongoQuery.Declared, declared)).Sort(new BsonDocument(MongoQuery.Id, 1)).Limit(Batch);
        while (await oldest.ToListAsync() is { Count: > 0 } page)
        {
            var updates = page.Select(document => new UpdateOneModel<BsonDocument>(
                MongoQuery.AtVersion(document[MongoQuery.Id].AsString, document[MongoQuery.Version].AsInt64), Fill(document, filled, missing)));
            await collection.BulkWriteAsync(updates, new BulkWriteOptions { IsOrdered = false });
        }
    }

    // The version stays: it counts changes of the value. One that was replaced meanwhile is found again if it still lacks something.
    private static BsonDocument Fill(BsonDocument document, string filled, DocumentField<T>[] missing)
    {
        var value = JsonSerializer.Deserialize<T>(document[MongoQuery.Json].AsString, PlatformJson.Options)
            ?? throw new JsonException($"The document {document[MongoQuery.Id]} is null.");
        var changes = new BsonDocument(MongoQuery.Declared, filled);
        foreach (var field in missing)
        {
            if (DocumentRules.Scalar(field.Value(value)) is { } scalar) changes.Add(MongoQuery.Path(field.Name), MongoQuery.Value(scalar));
        }

        return new BsonDocument("$set", changes);
    }
}
