using System.Globalization;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Json;

namespace FlickStream.Platform.Documents;

/// <summary>What every adapter checks before it talks to its engine, so that all refuse the same things.</summary>
internal static class DocumentRules
{
    /// <summary>MongoDB takes 16 MiB with everything beside the text.</summary>
    public const int MaxJsonBytes = 15 << 20;

    private const int MaxIdLength = 200;
    private const int MaxLimit = 1000;
    private const int MaxListedValues = 1000;
    private const int MaxIds = 1000;

    /// <summary>Whether a document could have this id; asking for one that none can have simply finds nothing.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= MaxIdLength } && !id.Contains('\0', StringComparison.Ordinal) && IsUnicode(id);

    public static void ThrowIfNotId(string id)
    {
        if (!IsId(id)) throw new ArgumentException($"A document's id is 1..{MaxIdLength} Unicode characters.", nameof(id));
    }

    /// <summary>Those of a list that documents could have, each once.</summary>
    public static string[] IdsOf(IReadOnlyCollection<string> ids)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MaxIds, nameof(ids));
        return [.. ids.Where(IsId).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The text that is stored of a document.</summary>
    public static string Json<T>(string id, T value)
        where T : class
    {
        ThrowIfNotId(id);
        ArgumentNullException.ThrowIfNull(value);
        var json = JsonSerializer.Serialize(value, PlatformJson.Options);
        return json.Length <= MaxJsonBytes / 3 || Encoding.UTF8.GetByteCount(json) <= MaxJsonBytes ? json : throw TooLong(id);
    }

    /// <summary><see cref="Json"/> as its bytes.</summary>
    public static byte[] Utf8Json<T>(string id, T value)
        where T : class
    {
        ThrowIfNotId(id);
        ArgumentNullException.ThrowIfNull(value);
        var json = JsonSerializer.SerializeToUtf8Bytes(value, PlatformJson.Options);
        return json.Length <= MaxJsonBytes ? json : throw TooLong(id);
    }

    private static ArgumentException TooLong(string id) =>
        new($"The document {id} is longer than {MaxJsonBytes} bytes of JSON; keep what is large in a blob.");

    public static InvalidOperationException OtherSchema(string collection) =>
        new($"The collection {collection} is already open with another schema; keep one static schema.");

    public static void ThrowIfInvalid<T>(DocumentSchema<T> schema)
        where T : class
    {
        if (!IsName(schema.Name)) throw new ArgumentException($"\"{schema.Name}\" is no name for a collection.", nameof(schema));

        // SQLite's columns ignore case.
        var fields = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in schema.Fields)
        {
            if (!IsName(field.Name) || !fields.Add(field.Name))
                throw new ArgumentException($"\"{field.Name}\" is no name for a field of {schema.Name}, or is declared twice.", nameof(schema));
        }

        foreach (var index in schema.Indexes)
        {
            if (index.Fields.Count == 0 || !index.Fields.All(f => schema.Fields.Any(declared => declared.Name == f)))
                throw new ArgumentException($"An index of {schema.Name} names a field that is not declared.", nameof(schema));
        }
    }

    public static void ThrowIfInvalid<T>(DocumentQuery query, DocumentSchema<T> schema)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        foreach (var sort in query.Sort) ThrowIfNotDeclared(sort.Field, schema);
        if (query.Sort.DistinctBy(sort => sort.Field).Count() < query.Sort.Count)
            throw new ArgumentException("A query sorts by a field once.", nameof(query));
    }

    /// <summary>The filter with its value as engines store it.</summary>
    public static DocumentFilter Check<T>(DocumentFilter filter, DocumentSchema<T> schema)
        where T : class
    {
        ThrowIfNotDeclared(filter.Field, schema);
        if (filter.Comparison == DocumentComparison.In)
        {
            if (filter.Value is not IReadOnlyCollection<object> { Count: <= MaxListedValues } values)
                throw new ArgumentException($"In compares to a list of at most {MaxListedValues} values.", nameof(filter));
            return filter with { Value = values.Select(NonNull).ToArray() };
        }

        return filter with { Value = filter.Comparison == DocumentComparison.Equal ? Scalar(filter.Value) : NonNull(filter.Value) };
    }

    /// <summary>A field value as every engine stores and compares it: <c>string</c>, <c>long</c> (of a bool 0 or 1) or null.</summary>
    public static object? Scalar(object? value) => value switch
    {
        null or long => value,
        bool truth => truth ? 1L : 0L,
        string text when IsUnicode(text) => text,
        int number => (long)number,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        _ => throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A {value.GetType().Name} (or broken text) is no field value."), nameof(value)),
    };

    private static object NonNull(object? value) =>
        Scalar(value) ?? throw new ArgumentException("Only Equal compares to null.", nameof(value));

    private static void ThrowIfNotDeclared<T>(string field, DocumentSchema<T> schema)
        where T : class
    {
        if (!schema.Fields.Any(declared => declared.Name == field))
            throw new ArgumentException($"{schema.Name} declares no field of this name.", nameof(field));
    }

    private static bool IsName(string name) =>
        name is { Length: > 0 and <= 60 } && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    // A lone surrogate has no UTF-8 form: two such texts would be stored as the same one.
    private static bool IsUnicode(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[consumed..];
        }

        return true;
    }
}
