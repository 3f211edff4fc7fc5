using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>Brings a collection to the schema of this release: indexes, then fields. Any number of processes may do so at once: asking
/// for an index that another is building waits for it.</summary>
internal static class MongoCollection
{
    private const int IndexNotFound = 27;

    public static async Task OpenAsync<T>(MongoConnection connection, DocumentSchema<T> schema, ILogger log)
        where T : class
    {
        var collection = connection.Database.GetCollection<BsonDocument>(schema.Name);
        using var existing = await collection.Indexes.ListAsync();
        var plan = MongoIndexes.Plan(schema.Indexes, await existing.ToListAsync());
        if (plan.Stale.Count > 0)
        {
            log.LogInformation(
                "The collection {Collection} has indexes that this release does not read: {Indexes}. Drop them once no other release runs",
                schema.Name, string.Join(", ", plan.Stale));
        }

        foreach (var name in plan.Drop) await DropAsync(collection, name);
        if (plan.Create.Count > 0)
        {
            await connection.RunLongAsync(new BsonDocument
            {
                { "createIndexes", schema.Name },
                { "indexes", new BsonArray(plan.Create) },
                { "writeConcern", new BsonDocument("w", "majority") },
            });
        }

        await new MongoBackfill<T>(collection, schema).RunAsync();
    }

    private static async Task DropAsync(IMongoCollection<BsonDocument> collection, string name)
    {
        try
        {
            await collection.Indexes.DropOneAsync(name);
        }
        catch (MongoCommandException e) when (e.Code == IndexNotFound)
        {
            // Another process was quicker.
        }
    }
}
