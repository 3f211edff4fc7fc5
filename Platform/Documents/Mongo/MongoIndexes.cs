using MongoDB.Bson;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>The indexes of a collection as the command <c>createIndexes</c> takes them, planned purely.</summary>
/// <param name="Create">Not there yet.</param>
/// <param name="Drop">Names of ours that would refuse what is allowed now, or whose definition has changed.</param>
/// <param name="Stale">Names of ours that are no longer declared. They stay: in a rolling upgrade the other release may still read by
/// them, and all they cost is writing.</param>
internal sealed record MongoIndexes(IReadOnlyList<BsonDocument> Create, IReadOnlyList<string> Drop, IReadOnlyList<string> Stale)
{
    private const string Plain = "ix_";
    private const string Unique = "ux_";

    // Begins as the plain ones do, as all that is said of those holds of it.
    private const string Sparse = "ix_sparse__";

    /// <param name="declared">Of the schema.</param>
    /// <param name="existing">As <c>listIndexes</c> tells them.</param>
    public static MongoIndexes Plan(IReadOnlyList<DocumentIndex> declared, IReadOnlyList<BsonDocument> existing)
    {
        var wanted = declared.Select(Definition).Prepend(ByDeclared).ToArray();
        var ours = existing.Where(index => NameOf(index).StartsWith(Plain, StringComparison.Ordinal) || IsOurUnique(index)).ToArray();
        var kept = ours.Where(index => wanted.Any(one => IsSame(one, index))).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var gone = ours.Where(index => !kept.Contains(NameOf(index))).ToArray();
        return new MongoIndexes(
            [.. wanted.Where(index => !kept.Contains(NameOf(index)))],
            [.. gone.Where(index => IsOurUnique(index) || wanted.Any(one => NameOf(one) == NameOf(index))).Select(NameOf)],
            [.. gone.Where(index => !IsOurUnique(index) && wanted.All(one => NameOf(one) != NameOf(index))).Select(NameOf)]);
    }

    /// <summary>By what a document was written with; <see cref="MongoBackfill{T}"/> reads it.</summary>
    private static BsonDocument ByDeclared =>
        new() { { "name", $"{Plain}_{MongoQuery.Declared}" }, { "key", new BsonDocument { { MongoQuery.Declared, 1 }, { MongoQuery.Id, 1 } } } };

    // MongoDB's own unique indexes take a missing field for a value. A partial one passes over the documents in which any of the fields
    // is missing, and serves every query that gives all of them a value.
    private static BsonDocument Definition(DocumentIndex index)
    {
        var paths = index.Fields.Select(MongoQuery.Path).ToArray();
        var key = new BsonDocument(paths.Select(path => new BsonElement(path, 1)));
        var name = string.Join("__", index.Fields);
        var given = new BsonDocument(paths.Select(path => new BsonElement(path, new BsonDocument("$exists", true))));
        return index switch
        {
            { Unique: true } => new() { { "name", Unique + name }, { "key", key }, { "unique", true }, { "partialFilterExpression", given } },
            { IsSparse: true } => new() { { "name", Sparse + name }, { "key", key.Add(MongoQuery.Id, 1) }, { "partialFilterExpression", given } },
            _ => new() { { "name", Plain + name }, { "key", key.Add(MongoQuery.Id, 1) } },
        };
    }

    private static string NameOf(BsonDocument index) => index["name"].AsString;

    private static bool IsOurUnique(BsonDocument index) => NameOf(index).StartsWith(Unique, StringComparison.Ordinal);

    // The server adds what it likes (v, ns); what counts is what we ask for. Numbers come back as int or as double.
    private static bool IsSame(BsonDocument wanted, BsonDocument existing) =>
        NameOf(wanted) == NameOf(existing)
        && Keys(wanted).SequenceEqual(Keys(existing))
        && wanted.GetValue("unique", false).ToBoolean() == existing.GetValue("unique", false).ToBoolean()
        && wanted.GetValue("partialFilterExpression", BsonNull.Value) == existing.GetValue("partialFilterExpression", BsonNull.Value);

    private static IEnumerable<(string, double)> Keys(BsonDocument index) =>
        index["key"].AsBsonDocument.Select(key => (key.Name, key.Value.ToDouble()));
}
