using System.Collections.Concurrent;
using FlickStream.Portal.Catalog.People;

namespace FlickStream.Portal.Search;

/// <param name="Words">Of the name, as they are looked for: what somebody typed is compared with those of hundreds of people.</param>
internal sealed record KnownName(string Name, IReadOnlyList<string> Words)
{
    public static KnownName Of(string name) => new(name, [.. Text.Words.Of(name).SelectMany(word => Text.Words.FormsOf(word.Text))]);
}

/// <summary>Names of the people whom titles name, and who has another one now.</summary>
internal sealed class PeopleNames(PersonStore people, TimeProvider time)
{
    private const int MostAtOnce = 500;

    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, KnownName> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _renamed = new();
    private DateTimeOffset _readUntil = time.GetUtcNow();

    /// <summary>Whether what names people is to be made anew.</summary>
    public bool HasRenamed => !_renamed.IsEmpty;

    /// <summary>Null for whom no title names, or who is not there.</summary>
    public KnownName? Find(string person) => _names.GetValueOrDefault(person);

    public async Task LearnAsync(IEnumerable<string> ids)
    {
        foreach (var some in ids.Where(id => !_names.ContainsKey(id)).Distinct().Chunk(MostAtOnce))
            foreach (var (id, person) in await people.NamesAsync(some, CancellationToken.None)) _names[id] = KnownName.Of(person.Name);
    }

    /// <summary>Reads who was renamed since the last time. By one thread at a time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        await foreach (var person in people.ChangedAsync(_readUntil - Overlap, cancellationToken))
        {
            if (!_names.TryGetValue(person.Id, out var known) || known.Name == person.Name) continue;
            _names[person.Id] = KnownName.Of(person.Name);
            _renamed.Enqueue(person.Id);
        }

        _readUntil = began;
    }

    public string[] Renamed() => [.. _renamed];

    /// <summary>The first so many are taken in.</summary>
    public void Forget(int renamed)
    {
        for (var i = 0; i < renamed; i++) _renamed.TryDequeue(out _);
    }
}
