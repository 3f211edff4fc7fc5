using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;

namespace FlickStream.Origin.Tests;

internal sealed class MemoryDocuments : IDocuments
{
    private readonly ConcurrentDictionary<string, object> _sets = new();
    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema) where T : class => (IDocumentSet<T>)_sets.GetOrAdd(schema.Name, _ => new Memory<T>(schema));

    private sealed class Memory<T>(DocumentSchema<T> schema) : IDocumentSet<T> where T : class
    {
        private readonly Dictionary<string, Stored<T>> _all = [];

        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default)
        {
            lock (_all) return Task.FromResult(_all.GetValueOrDefault(id));
        }

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
        {
            lock (_all)
                return Task.FromResult<IReadOnlyDictionary<string, Stored<T>>>(ids.Distinct().Where(_all.ContainsKey).ToDictionary(id => id, id => _all[id]));
        }

        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default)
        {
            lock (_all) return Task.FromResult(_all.TryAdd(id, new Stored<T>(id, 1, value)) ? _all[id] : null);
        }

        public async Task<int> InsertManyAsync(IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default)
        {
            var added = 0;
            foreach (var (id, value) in documents) added += await InsertAsync(id, value, cancellationToken) is null ? 0 : 1;
            return added;
        }

        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default)
        {
            lock (_all)
            {
                if (_all.GetValueOrDefault(id)?.Version != version) return Task.FromResult<Stored<T>?>(null);
                return Task.FromResult<Stored<T>?>(_all[id] = new Stored<T>(id, version + 1, value));
            }
        }

        public Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default)
        {
            lock (_all) return Task.FromResult(_all.Remove(id));
        }

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default)
        {
            lock (_all)
            {
                var found = _all.Values.Where(d => query.Filters.All(f => Matches(f, schema.Fields.Single(s => s.Name == f.Field).Value(d.Value))));
                foreach (var sort in query.Sort) found = found.OrderBy(d => schema.Fields.Single(s => s.Name == sort.Field).Value(d.Value));
                return Task.FromResult(new DocumentPage<T>([.. found], null));
            }
        }

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        private static bool Matches(DocumentFilter filter, object? value) => value is null ? filter.Value is null : filter.Comparison switch
        {
            DocumentComparison.Equal => value.Equals(filter.Value),
            DocumentComparison.AtLeast => Comparer<object>.Default.Compare(value, filter.Value) >= 0,
            DocumentComparison.Below => Comparer<object>.Default.Compare(value, filter.Value) < 0,
            _ => throw new NotSupportedException(),
        };
    }
}

internal sealed class MemoryBus : IBus
{
    private readonly ConcurrentBag<(string Topic, Channel<string> Channel)> _subscriptions = [];

    public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default)
    {
        foreach (var (t, channel) in _subscriptions) if (t == topic) channel.Writer.TryWrite(message);
        return default;
    }

    public ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<string>();
        _subscriptions.Add((topic, channel));
        return new(new Subscription(channel));
    }

    private sealed class Subscription(Channel<string> channel) : IBusSubscription
    {
        public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken = default) => channel.Reader.ReadAllAsync(cancellationToken);
        public ValueTask DisposeAsync() => default;
    }
}

internal sealed class MemoryLeases(TimeProvider time) : ILeases
{
    private readonly Dictionary<(string, string), DateTimeOffset> _until = [];

    public ValueTask<bool> AcquireAsync(string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        lock (_until)
        {
            if (_until.Count(u => u.Key.Item1 == group && u.Key.Item2 != holder && u.Value > time.GetUtcNow()) >= limit) return new(false);
            _until[(group, holder)] = time.GetUtcNow() + duration;
            return new(true);
        }
    }

    public ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default)
    {
        lock (_until) _until.Remove((group, holder));
        return default;
    }

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

internal sealed class FolderBlobs(string folder, bool isLocal = true) : IBlobs
{
    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(new FileInfo(PathOf(key)) is { Exists: true } file ? new BlobInfo(key, file.Length) : null);

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(PathOf(key))) return Task.FromResult<Stream?>(null);
        var stream = File.OpenRead(PathOf(key));
        stream.Position = range?.Offset ?? 0;
        return Task.FromResult<Stream?>(stream);
    }

    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(key))!);
        await using var file = File.Create(PathOf(key));
        await content.CopyToAsync(file, cancellationToken);
        return true;
    }

    public string? LocalPath(string key) => isLocal ? PathOf(key) : null;

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        yield break;
    }

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private string PathOf(string key) => Path.Combine(folder, key);
}
