using System.Reflection;

namespace FlickStream.Platform.Http;

/// <summary>The words that a text of a request or an answer can be, for the document that clients are generated from.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute : Attribute
{
    public OneOfAttribute(params string[] words) => Words = words;

    /// <param name="table">Has a static list of them, <c>All</c>.</param>
    public OneOfAttribute(Type table)
        : this([.. (IReadOnlyList<string>)table.GetProperty("All", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!]) => Table = table;

    public IReadOnlyList<string> Words { get; }

    public Type? Table { get; }
}
