using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Catalog.People;

internal sealed class PersonStore(IDocuments documents, CatalogIndex index, IBus bus, TimeProvider time)
{
    private readonly IDocumentSet<Person> _people = documents.Set(Person.Schema);

    public async Task<Person?> GetAsync(string id, CancellationToken cancellationToken) => (await _people.GetAsync(id, cancellationToken))?.Value;

    /// <summary>Null when there is one of this name and note already.</summary>
    public async Task<Person?> AddAsync(string name, string note, string ownerId, CancellationToken cancellationToken)
    {
        var person = new Person
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Name = name, Note = note, OwnerId = ownerId, CreatedAt = time.GetUtcNow(),
        };
        return (await _people.InsertAsync(person.Id, person, cancellationToken))?.Value;
    }

    /// <summary>The one of this name and note, made when there is none.</summary>
    public async Task<Person> EnsureAsync(string name, string note, string ownerId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(name, note, cancellationToken) is { } known) return known;
            if (await AddAsync(name, note, ownerId, cancellationToken) is { } made) return made;
        }
    }

    public async Task<Person?> FindAsync(string name, string note, CancellationToken cancellationToken)
    {
        var page = await _people.QueryAsync(new() { Filters = [DocumentFilter.Equal("key", Person.KeyOf(name, note))], Limit = 1 }, cancellationToken);
        return page.Items is [var found] ? found.Value : null;
    }

    /// <summary>The person as it now stands, or why it was not renamed.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="revision">That the caller has seen; null for any.</param>
    /// <param name="name">The new one.</param>
    /// <param name="note">The new one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(Person? Renamed, Problem? Refusal)> RenameAsync(string id, long? revision, string name, string note, CancellationToken cancellationToken)
    {
        while (await _people.GetAsync(id, cancellationToken) is { } current)
        {
            if (revision is { } seen && seen != current.Value.Revision) return (null, PersonProblems.Changed);
            var renamed = current.Value with { Name = name, Note = note, Revision = current.Value.Revision + 1, ChangedAt = time.GetUtcNow() };
            if (await _people.ReplaceAsync(id, current.Version, renamed, cancellationToken) is not null)
            {
                index.DropPages();
                await bus.PublishAsync(CatalogIndex.Topic, CatalogIndex.People, CancellationToken.None);
                return (renamed, null);
            }

            if (await FindAsync(name, note, cancellationToken) is { } other && other.Id != id) return (null, PersonProblems.NameTaken);
        }

        return (null, PersonProblems.NotFound);
    }

    /// <summary>By name.</summary>
    /// <param name="prefix">How the name begins, whatever the case; empty for all.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Person>> ListAsync(string prefix, int limit, string? after, CancellationToken cancellationToken)
    {
        var begin = prefix.ToLowerInvariant();
        // Nothing sorts above U+10FFFF, which is no character.
        return _people.QueryAsync(
            new()
            {
                Filters = [DocumentFilter.AtLeast("key", begin), DocumentFilter.Below("key", $"{begin}\U0010FFFF")], Sort = [new("key")], Limit = limit, After = after,
            },
            cancellationToken);
    }

    /// <summary>Those that were renamed since.</summary>
    public async IAsyncEnumerable<Person> ChangedAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var renamed = new DocumentQuery { Filters = [DocumentFilter.AtLeast("changed", since)], Sort = [new("changed")], Limit = 1000 };
        await foreach (var person in _people.QueryAllAsync(renamed, cancellationToken)) yield return person.Value;
    }

    /// <summary>The names of those that there are.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> NamesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<string, Person>();
        var page = await _people.QueryAsync(new() { Filters = [DocumentFilter.In("id", [.. ids])], Limit = 1000 }, cancellationToken);
        return page.Items.ToDictionary(item => item.Id, item => item.Value, StringComparer.Ordinal);
    }
}
