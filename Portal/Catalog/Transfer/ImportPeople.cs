using System.Collections.Concurrent;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>The people that the rows of one file name.</summary>
/// <param name="people">Of all studios.</param>
/// <param name="ownerId">Who makes those that there are not.</param>
/// <param name="isDry">None are made; they have ids that nobody has.</param>
internal sealed class ImportPeople(PersonStore people, string ownerId, bool isDry)
{
    private const string Nobody = "new";

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>The credits before anybody is looked for or made, by which the rest of the row is checked; null where a name is none.</summary>
    public static IReadOnlyList<Credit>? Unnamed(TitleRow row, out Refusal? refusal)
    {
        refusal = null;
        var credits = new List<Credit>();
        foreach (var named in row.People ?? [])
        {
            if (NamePerson.Tidy(named?.Name) is null || NamePerson.TidyNote(named?.Note) is null)
            {
                refusal = new(PersonProblems.NameInvalid, TitleRules.Shown(named?.Name));
                return null;
            }

            credits.Add(new Credit(Nobody, named!.Role, named.Character));
        }

        return credits;
    }

    /// <summary>With the ids of people, who are made where there are none.</summary>
    /// <param name="row">That <see cref="Unnamed"/> lets through.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Credit>> CreditsOfAsync(TitleRow row, CancellationToken cancellationToken)
    {
        var credits = new List<Credit>();
        foreach (var named in row.People ?? [])
        {
            var id = await IdOfAsync(NamePerson.Tidy(named.Name)!, NamePerson.TidyNote(named.Note)!, cancellationToken);
            credits.Add(new Credit(id, named.Role, named.Character));
        }

        return credits;
    }

    private async Task<string> IdOfAsync(string name, string note, CancellationToken cancellationToken)
    {
        var key = Person.KeyOf(name, note);
        if (_ids.TryGetValue(key, out var known)) return known;
        return _ids[key] = isDry ? (await people.FindAsync(name, note, cancellationToken))?.Id ?? Nobody
            : (await people.EnsureAsync(name, note, ownerId, cancellationToken)).Id;
    }
}
