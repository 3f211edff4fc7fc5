using FlickStream.Platform.Contracts;

namespace FlickStream.Platform.Delivery;

/// <summary>What manifests write before and after a medium's own name (<c>3.m4s</c>).</summary>
/// <param name="Root">Where the asset's revisions lie, absolute and with a closing slash; empty: names are relative to the manifest, and
/// the origin knows in which revision each part lies.</param>
/// <param name="Queries">What follows a question mark in each of <see cref="DeliveryScope.Parts"/>; null where nothing does.</param>
public sealed record MediaAddress(string Root, IReadOnlyDictionary<MediaPart, string>? Queries)
{
    /// <summary>Relative names; they inherit the token in the manifest's own path.</summary>
    public static readonly MediaAddress Relative = new("", null);

    public bool IsRelative => Root.Length == 0;

    /// <summary>What comes before the names in a part; a file that is a part of its own has no other name.</summary>
    public string PrefixOf(MediaPart part) => IsRelative ? part.Name : $"{Root}{part.Revision}/{part.Name}";

    /// <summary>What follows the names in a part: the question mark and the query, or nothing.</summary>
    public string SuffixOf(MediaPart part)
    {
        if (Queries is null) return "";
        return $"?{(Queries.TryGetValue(part, out var query) ? query : Queries[part with { Name = "" }])}";
    }

    /// <summary>One medium's address.</summary>
    public string UrlOf(MediaPart part, string name) => $"{PrefixOf(part)}{name}{SuffixOf(part)}";

    /// <summary>Views that are rendered alike are kept once.</summary>
    public bool Equals(MediaAddress? other) => ReferenceEquals(this, other)
        || (other is not null && Root == other.Root && Queries is null == other.Queries is null
            && (Queries is null || (Queries.Count == other.Queries!.Count && !Queries.Except(other.Queries).Any())));

    public override int GetHashCode() => HashCode.Combine(Root, Queries?.Count);
}
