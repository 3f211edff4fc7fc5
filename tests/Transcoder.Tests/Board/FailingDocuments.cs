using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Documents that cannot be written any more after a number of writes, as if the process had been killed there; or in which somebody
/// else writes first.</summary>
internal sealed class FailingDocuments(IDocuments real) : IDocuments
{
    /// <summary>Writes that still work.</summary>
    public int Left { get; set; } = int.MaxValue;

    /// <summary>What another process does right before the next write to the document of an id.</summary>
    public (string Id, Func<Task> Act)? Before { get; set; }

    /// <summary>What happens right after the next replacement of the document of an id.</summary>
    public (string Id, Action Act)? After { get; set; }

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new FailingSet<T>(this, real.Set(schema));

    private sealed class FailingSet<T>(FailingDocuments owner, IDocumentSet<T> set) : IDocumentSet<T>
        where T : class
    {
        public async Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default) =>
            await (await WritableAsync(id)).InsertAsync(id, value, cancellationToken);

        public async Task<int> InsertManyAsync(
            IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default) =>
            await (await WritableAsync(null)).InsertManyAsync(documents, cancellationToken);

        public async Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default)
        {
            var written = await (await WritableAsync(id)).ReplaceAsync(id, version, value, cancellationToken);
            if (owner.After is not { } after || after.Id != id) return written;
            owner.After = null;
            after.Act();
            return written;
        }

        public async Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default) =>
            await (await WritableAsync(id)).DeleteAsync(id, version, cancellationToken);

        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default) => set.GetAsync(id, cancellationToken);

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
            set.GetManyAsync(ids, cancellationToken);

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default) =>
            set.QueryAsync(query, cancellationToken);

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default) =>
            set.CountAsync(filters, cancellationToken);

        private async Task<IDocumentSet<T>> WritableAsync(string? id)
        {
            if (owner.Before is { } before && before.Id == id)
            {
                owner.Before = null;
                await before.Act();
            }

            return owner.Left-- > 0 ? set : throw new IOException("Killed.");
        }
    }
}
