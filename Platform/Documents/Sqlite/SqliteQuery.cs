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

    public static string Column(string field) => $"\"f_{field}\"";

    /// <summary>The order of a query: its sort, then the id in the direction of the last sort, which is the order of an index that
    /// ends in the id, walked either way.</summary>
    public static IReadOnlyList<SortKey> Keys(IReadOnlyList<DocumentSort> sort) =>
        [.. sort.Select(s => new SortKey(Column(s.Field), s.Descending)), new SortKey("id", sort is [.., { Descending: true }])];

    public static SqliteStatement Count(string collection, IReadOnlyList<DocumentFilter> filters)
    {
        var values = new List<object?>();
        return new SqliteStatement($"SELECT count(*) FROM {Table(collection)} WHERE {Where(filters, values)}", [.. values]);
    }

    /// <summary>
    /// The page as statements to be read one after the other until it is full. What comes after a cursor is a union of ranges
    /// ("same state and later", "later state"); as one OR they would be a scan, one by one each is a range of an index.
    /// </summary>
    public static IEnumerable<SqliteStatement> Page(
        string collection, IReadOnlyList<DocumentFilter> filters, IReadOnlyList<DocumentSort> sort, DocumentCursor? after, int limit)
    {
        var keys = Keys(sort);
        if (after is null)
        {
            yield return Select(collection, filters, keys, limit, static (_, _) => { });
            yield break;
        }

        object?[] end = [.. after.Values.Select(Stored), after.Id];
        for (var depth = keys.Count - 1; depth >= 0; depth--)
        {
            foreach (var (comparison, bound) in Beyond(keys[depth], end[depth]))
            {
                var same = depth;
                yield return Select(collection, filters, keys, limit, (where, values) =>
                {
                    for (var i = 0; i < same; i++) And(where, values, keys[i].Column, end[i] is null ? "IS" : "=", end[i]);
                    And(where, values, keys[same].Column, comparison, bound);
                });
            }
        }
    }

    public static object? Stored(object? value) => value is bool truth ? (truth ? 1L : 0L) : value;

    // Nulls come first in ascending order and last in descending order.
    private static IEnumerable<(string Comparison, object? Bound)> Beyond(SortKey key, object? end)
    {
        if (key.Descending && end is null) yield break;
        yield return key.Descending ? ("<", end) : end is null ? ("IS NOT", null) : (">", end);
        if (key.Descending && key.Column != "id") yield return ("IS", null);
    }

    private static SqliteStatement Select(
        string collection,
        IReadOnlyList<DocumentFilter> filters,
        IReadOnlyList<SortKey> keys,
        int limit,
        Action<StringBuilder, List<object?>> restrict)
    {
        var values = new List<object?>();
        var where = Where(filters, values);
        restrict(where, values);
        var columns = string.Concat(keys.SkipLast(1).Select(key => $", {key.Column}"));
        var order = string.Join(", ", keys.Select(key => key.Descending ? $"{key.Column} DESC" : key.Column));
        return new SqliteStatement(
            $"SELECT id, version, json{columns} FROM {Table(collection)} WHERE {where} ORDER BY {order} LIMIT {Parameter(values, (long)limit)}",
            [.. values]);
    }

    private static StringBuilder Where(IReadOnlyList<DocumentFilter> filters, List<object?> values)
    {
        var where = new StringBuilder("true");
        foreach (var (field, comparison, value) in filters)
        {
            var column = Column(field);
            if (value is IReadOnlyCollection<object> list)
            {
                var parameters = string.Join(',', list.Select(one => Parameter(values, one)));
                where.Append(CultureInfo.InvariantCulture, $" AND {column} IN ({parameters})");
            }
            else
            {
                And(where, values, column, Operator(comparison, value), value);
            }
        }

        return where;
    }

    private static string Operator(DocumentComparison comparison, object? value) => comparison switch
    {
        DocumentComparison.Equal => value is null ? "IS" : "=",
        DocumentComparison.Below => "<",
        DocumentComparison.AtMost => "<=",
        DocumentComparison.Above => ">",
        _ => ">=",
    };

    private static void And(StringBuilder where, List<object?> values, string column, string comparison, object? value) => where.Append(
        CultureInfo.InvariantCulture, $" AND {column} {comparison} {(value is null ? "NULL" : Parameter(values, value))}");

    private static string Parameter(List<object?> values, object value)
    {
        values.Add(Stored(value));
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count - 1}");
    }
}

internal readonly record struct SortKey(string Column, bool Descending);
