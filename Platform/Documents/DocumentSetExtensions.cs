using System.Runtime.CompilerServices;

namespace FlickStream.Platform.Documents;

public static class DocumentSetExtensions
{
    /// <summary>
    /// Reads, changes and writes back until no one else wrote in between. <paramref name="change"/> may run several times and
    /// must be pure; returning null leaves the document as it is.
    /// </summary>
    /// <returns>The document as it now stands, or null when there is none.</returns>
    public static async Task<Stored<T>?> UpdateAsync<T>(
        this IDocumentSet<T> set, string id, Func<T, T?> change, CancellationToken cancellationToken = default)
        where T : class
    {
        while (true)
        {
            var current = await set.GetAsync(id, cancellationToken);
            if (current is null || change(current.Value) is not { } next) return current;
            if (await set.ReplaceAsync(id, current.Version, next, cancellationToken) is { } written) return written;
        }
    }

    /// <summary>Every document a query finds, page by page, whatever its limit.</summary>
    public static async IAsyncEnumerable<Stored<T>> QueryAllAsync<T>(
        this IDocumentSet<T> set, DocumentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        do
        {
            var page = await set.QueryAsync(query, cancellationToken);
            foreach (var item in page.Items) yield return item;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>Removes every document that a query finds.</summary>
    public static async Task DeleteAllAsync<T>(
        this IDocumentSet<T> set, DocumentQuery query, CancellationToken cancellationToken = default)
        where T : class
    {
        // Always the first page: deleting moves the rest up.
        while (await set.QueryAsync(query, cancellationToken) is { Items: { Count: > 0 } items })
            foreach (var item in items) await set.DeleteAsync(item.Id, null, cancellationToken);
    }
}
