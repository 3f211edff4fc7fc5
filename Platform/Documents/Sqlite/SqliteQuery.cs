using System.Globalization;
using System.Text;

namespace FlickStream.Platform.Documents.Sqlite;

/// <param name="Sql">Text made of declared names only; every value is a parameter.</param>
/// <param name="Values">For <c>$0</c>, <c>$1</c>, ...</param>
internal sealed record SqliteStatement(string Sql, object?[] Values);

/// <summary>Queries as SQL, planned purely.</summary>
internal static class SqliteQuery
{
    public static string Table(string collection) => $"\"d_{collection}\"";

    public static string Column(string field) => field == DocumentCursor.IdKey ? "id" : $"\"f_{field}\"";

    public static SqliteStatement Count(string collection, IReadOnlyList<DocumentFilter> filters)
    {
        var values = new List<object?>();
        return new SqliteStatement($"SELECT count(*) FROM {Table(collection)} WHERE {Where(filters, values)}", [.. values]);
    }

    /// <summary>The page as statements to be read one after the other until it is full.</summary>
    public static IEnumerable<SqliteStatement> Page(
        string collection, IReadOnlyList<DocumentFilter> filters, IReadOnlyList<DocumentSort> sort, DocumentCursor? after, int limit) =>
        after is null
            ? [Select(collection, filters, sort, limit)]
            : after.Following(sort).Select(range => Select(collection, [.. filters, .. range], sort, limit));

    private static SqliteStatement Select(
        string collection, IReadOnlyList<DocumentFilter> filters, IReadOnlyList<DocumentSort> sort, int limit)
    {
        var values = new List<object?>();
        var where = Where(filters, values);
        var columns = string.Concat(sort.Select(key => $", {Column(key.Field)}"));
        var order = string.Join(", ", DocumentCursor.Order(sort).Select(key => key.Descending ? $"{Column(key.Field)} DESC" : Column(key.Field)));
        return new SqliteStatement(
            $"SELECT id, version, json{columns} FROM {Table(collection)} WHERE {where} ORDER BY {order} LIMIT {Parameter(values, (long)limit)}",
            [.. values]);
    }

    private static StringBuilder Where(IReadOnlyList<DocumentFilter> filters, List<object?> values)
    {
        var where = new StringBuilder("true");
        foreach (var (field, comparison, value) in filters)
        {
            where.Append(CultureInfo.InvariantCulture, $" AND {Column(field)} ").Append(value switch
            {
                null => comparison == DocumentComparison.Above ? "IS NOT NULL" : "IS NULL",
                IReadOnlyCollection<object> list => $"IN ({string.Join(',', list.Select(one => Parameter(values, one)))})",
                _ => $"{Operator(comparison)} {Parameter(values, value)}",
            });
        }

        return where;
    }

    private static string Operator(DocumentComparison comparison) => comparison switch
    {
        DocumentComparison.Equal => "=",
        DocumentComparison.Below => "<",
        DocumentComparison.AtMost => "<=",
        DocumentComparison.Above => ">",
        _ => ">=",
    };

    private static string Parameter(List<object?> values, object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count - 1}");
    }
}
