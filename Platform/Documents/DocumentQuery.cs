namespace FlickStream.Platform.Documents;

/// <summary>
/// A conjunction of filters over declared fields, a sort over declared fields (ties broken by id in the direction of the last sort,
/// so pages are stable; null sorts below everything, text by its UTF-8 bytes) and a page. These are all the shapes there are; each
/// maps to one indexed range in SQLite and in MongoDB.
/// </summary>
/// <remarks>A page is no snapshot: in MongoDB, a document whose sort value changes while its page is read may be in it twice or not at all.
/// What is not such a shape (an undeclared field, a value that is no scalar, null in a comparison) throws
/// <see cref="ArgumentException"/>; a cursor of another sort <see cref="InvalidCursorException"/>.</remarks>
public sealed record DocumentQuery
{
    public IReadOnlyList<DocumentFilter> Filters { get; init; } = [];

    public IReadOnlyList<DocumentSort> Sort { get; init; } = [];

    /// <summary>1..1000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary><see cref="DocumentPage{T}.Next"/> of the page before; null for the first page.</summary>
    public string? After { get; init; }
}

public enum DocumentComparison
{
    Equal,
    Below,
    AtMost,
    Above,
    AtLeast,

    /// <summary>Equal to any of the values in the filter's list.</summary>
    In,
}

/// <summary>A null field matches only <see cref="DocumentComparison.Equal"/> null.</summary>
public sealed record DocumentFilter(string Field, DocumentComparison Comparison, object? Value)
{
    public static DocumentFilter Equal(string field, object? value) => new(field, DocumentComparison.Equal, value);

    public static DocumentFilter Below(string field, object value) => new(field, DocumentComparison.Below, value);

    public static DocumentFilter AtMost(string field, object value) => new(field, DocumentComparison.AtMost, value);

    public static DocumentFilter Above(string field, object value) => new(field, DocumentComparison.Above, value);

    public static DocumentFilter AtLeast(string field, object value) => new(field, DocumentComparison.AtLeast, value);

    public static DocumentFilter In(string field, IReadOnlyList<object> values) => new(field, DocumentComparison.In, values);
}

public sealed record DocumentSort(string Field, bool Descending = false);
