using MongoDB.Bson;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>
/// Documents, queries and indexes as BSON, planned purely. A document is <c>{ _id, version, fields, declared, json }</c>.
/// </summary>
/// <remarks>
/// <c>json</c> is the value as the JSON text that SQLite keeps too: nothing here asks the server to look into it, and text comes back as
/// it was, where BSON would have its own ideas of numbers, dates and keys with dots. <c>fields</c> has the declared fields, those that
/// are null left out, which is how a partial index tells them. <c>declared</c> lists the fields that were known when it was written.
/// </remarks>
internal static class MongoQuery
{
    public const string Id = "_id";
    public const string Version = "version";
    public const string Fields = "fields";
    public const string Declared = "declared";
    public const string Json = "json";

    public static BsonDocument Document(string id, long version, string declared, string json, IEnumerable<KeyValuePair<string, object?>> fields) => new()
    {
        { Id, id },
        { Version, version },
        { Declared, declared },
        { Fields, new BsonDocument(fields.Where(field => field.Value is not null).Select(field => new BsonElement(field.Key, Value(field.Value)))) },
        { Json, json },
    };

    public static BsonDocument AtVersion(string id, long? version) =>
        version is null ? new BsonDocument(Id, id) : new BsonDocument { { Id, id }, { Version, version } };

    public static BsonDocument AnyOf(IEnumerable<string> ids) => new(Id, new BsonDocument("$in", new BsonArray(ids)));

    /// <summary>The page as filters to be read one after the other until it is full.</summary>
    public static IEnumerable<BsonDocument> Page(
        IReadOnlyList<DocumentFilter> filters, IReadOnlyList<DocumentSort> sort, DocumentCursor? after) =>
        after is null ? [Filter(filters)] : after.Following(sort).Select(range => Filter([.. filters, .. range]));

    /// <summary>A field may be filtered several times, so conditions are not merged into one document.</summary>
    public static BsonDocument Filter(IReadOnlyList<DocumentFilter> filters) => filters switch
    {
        [] => [],
        [var only] => Condition(only),
        _ => new BsonDocument("$and", new BsonArray(filters.Select(Condition))),
    };

    public static BsonDocument Order(IReadOnlyList<DocumentSort> sort) =>
        new(DocumentCursor.Order(sort).Select(key => new BsonElement(Path(key.Field), key.Descending ? -1 : 1)));

    public static string Path(string field) => field == DocumentCursor.IdKey ? Id : $"{Fields}.{field}";

    private static BsonDocument Condition(DocumentFilter filter) => new(Path(filter.Field), filter switch
    {
        { Value: null, Comparison: DocumentComparison.Above } => new BsonDocument("$ne", BsonNull.Value),
        { Comparison: DocumentComparison.Equal } => new BsonDocument("$eq", Value(filter.Value)),
        { Value: IReadOnlyCollection<object> list } => new BsonDocument("$in", new BsonArray(list.Select(Value))),
        _ => new BsonDocument(Operator(filter.Comparison), Value(filter.Value)),
    });

    private static string Operator(DocumentComparison comparison) => comparison switch
    {
        DocumentComparison.Below => "$lt",
        DocumentComparison.AtMost => "$lte",
        DocumentComparison.Above => "$gt",
        _ => "$gte",
    };

    public static BsonValue Value(object? scalar) => scalar switch
    {
        null => BsonNull.Value,
        long number => new BsonInt64(number),
        _ => new BsonString((string)scalar),
    };
}
