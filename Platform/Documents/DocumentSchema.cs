namespace FlickStream.Platform.Documents;

/// <summary>
/// A collection's name and the fields by which it can be queried and sorted. Field values are computed from the document
/// when it is written and kept beside it, so every engine indexes the same scalar.
/// </summary>
/// <remarks>Field values are <c>string</c>, <c>long</c> (or <c>int</c>), <c>bool</c>, <see cref="DateTimeOffset"/> (compared as UTC
/// milliseconds) or null.</remarks>
public sealed class DocumentSchema<T>(string name)
    where T : class
{
    private readonly List<DocumentField<T>> _fields = [];
    private readonly List<DocumentIndex> _indexes = [];

    /// <summary>Lower-case letters and underscores.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<DocumentField<T>> Fields => _fields;

    public IReadOnlyList<DocumentIndex> Indexes => _indexes;

    /// <summary>Declares a queryable field without an index of its own.</summary>
    public DocumentSchema<T> Field(string field, Func<T, object?> value)
    {
        _fields.Add(new DocumentField<T>(field, value));
        return this;
    }

    /// <summary>An index over declared fields, in this order. A unique one ignores documents in which any of its fields is null.</summary>
    public DocumentSchema<T> Index(bool unique, params string[] fields)
    {
        _indexes.Add(new DocumentIndex(fields, unique));
        return this;
    }

    public DocumentSchema<T> Index(params string[] fields) => Index(false, fields);

    /// <summary>The same without the documents in which any of its fields is null, which cost it nothing then. It serves only queries that compare each of
    /// its fields with a value.</summary>
    public DocumentSchema<T> SparseIndex(params string[] fields)
    {
        _indexes.Add(new DocumentIndex(fields, Unique: false, IsSparse: true));
        return this;
    }
}

public sealed record DocumentField<T>(string Name, Func<T, object?> Value)
    where T : class;

/// <param name="Fields">In their order.</param>
/// <param name="Unique">Among documents in which none of them is null.</param>
/// <param name="IsSparse">Of those documents only, though not unique.</param>
public sealed record DocumentIndex(IReadOnlyList<string> Fields, bool Unique, bool IsSparse = false);
