using System.Reflection;

namespace FlickStream.Platform.Http;

/// <summary>The words that a text of a request or an answer can be, for the document that clients are generated from.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute : Attribute
{
    public OneOfAttribute(params string[] words) => Words = words;

    /// <param name="table">Has a static list of them.</param>
    /// <param name="list">Its name.</param>
    public OneOfAttribute(Type table, string list = "All")
        : this([.. (IReadOnlyList<string>)table.GetProperty(list, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!]) => (Table, List) = (table, list);

    public IReadOnlyList<string> Words { get; }

    public Type? Table { get; }

    public string? List { get; }
}
