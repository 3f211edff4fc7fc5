using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

/// <param name="Name">1..200 characters.</param>
/// <param name="Note">What tells two of one name apart, such as a year of birth.</param>
internal sealed record NamePersonRequest(string? Name, string? Note = null);

/// <summary>Makes a person, whom all studios may name; only who made it, and administrators, give it another name, of the revision that If-Match names.</summary>
internal static class NamePerson
{
    private const int MostOfName = 200;
    private const int MostOfNote = 100;

    public static async Task<Results<Created<PersonAnswer>, ProblemHttpResult>> CreateAsync(NamePersonRequest request, PersonStore people, HttpContext http)
    {
        if (Tidy(request.Name) is not { } name || TidyNote(request.Note) is not { } note) return PersonProblems.NameInvalid.ToResult();
        if (await people.AddAsync(name, note, Caller.Of(http).Id, http.RequestAborted) is not { } person) return PersonProblems.NameTaken.ToResult();
        EntityTags.Tag(http, person.Revision);
        return TypedResults.Created($"/api/people/{person.Id}", PersonAnswer.Of(person));
    }

    public static async Task<Results<Ok<PersonAnswer>, ProblemHttpResult>> RenameAsync(
        string id, NamePersonRequest request, PersonStore people, HttpContext http)
    {
        if (Tidy(request.Name) is not { } name || TidyNote(request.Note) is not { } note) return PersonProblems.NameInvalid.ToResult();
        if (await people.GetAsync(id, http.RequestAborted) is not { } before || !Caller.Of(http).MaySee(before.OwnerId)) return PersonProblems.NotFound.ToResult();
        if (!EntityTags.TryRead(http, out var revision)) return EntityTags.IfMatchNeeded.ToResult();
        var (person, refusal) = await people.RenameAsync(id, revision, name, note, CancellationToken.None);
        if (person is null) return refusal!.ToResult();
        EntityTags.Tag(http, person.Revision);
        return TypedResults.Ok(PersonAnswer.Of(person));
    }

    /// <summary>Null for what is no name.</summary>
    public static string? Tidy(string? name) => name?.Trim() is { Length: > 0 and <= MostOfName } trimmed && TitleRules.IsLine(trimmed) ? trimmed : null;

    /// <summary>Null for what is no note.</summary>
    public static string? TidyNote(string? note) => (note ?? "").Trim() is { Length: <= MostOfNote } trimmed && TitleRules.IsLine(trimmed) ? trimmed : null;
}
