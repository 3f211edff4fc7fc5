namespace FlickStream.Platform.Delivery;

/// <summary>What manifests write before and after a medium's own name (<c>v1080/3.m4s</c>).</summary>
/// <param name="Prefix">Absolute and with a closing slash, or empty: names are then relative to the manifest.</param>
/// <param name="Query">What follows a question mark, or empty.</param>
public sealed record MediaAddress(string Prefix, string Query)
{
    /// <summary>Relative names; they inherit the token in the manifest's own path.</summary>
    public static readonly MediaAddress Relative = new("", "");

    /// <summary>A query for each of <see cref="DeliveryScope.Parts"/>, in place of <see cref="Query"/>; null where one opens all.</summary>
    public IReadOnlyDictionary<string, string>? PartQueries { get; init; }

    /// <summary>One medium's address. A file that is a part of its own has no <paramref name="name"/>.</summary>
    public string UrlOf(string part, string name) => $"{Prefix}{part}{name}{SuffixOf(part)}";

    /// <summary>What follows the names in one of <see cref="DeliveryScope.Parts"/>: the question mark and the query, or nothing.</summary>
    public string SuffixOf(string part)
    {
        var query = PartQueries is null ? Query : PartQueries[part];
        return query.Length == 0 ? "" : $"?{query}";
    }
}
