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

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public async Task<(IReadOnlyList<Credit>? Credits, Refusal? Refusal)> CreditsOfAsync(TitleRow row, CancellationToken cancellationToken)
    {
        var credits = new List<Credit>();
        foreach (var named in row.People ?? [])
        {
            if (NamePerson.Tidy(named?.Name) is not { } name || NamePerson.TidyNote(named?.Note) is not { } note)
                return (null, new(PersonProblems.NameInvalid, TitleRules.Shown(named?.Name)));
            credits.Add(new Credit(await IdOfAsync(name, note, cancellationToken), named!.Role, named.Character));
        }

        return (credits, null);
    }

    private async Task<string> IdOfAsync(string name, string note, CancellationToken cancellationToken)
    {
        var key = Person.KeyOf(name, note);
        if (_ids.TryGetValue(key, out var known)) return known;
        return _ids[key] = isDry ? (await people.FindAsync(name, note, cancellationToken))?.Id ?? Nobody
            : (await people.EnsureAsync(name, note, ownerId, cancellationToken)).Id;
    }
}
