using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

internal static class ShowPerson
{
    public static async Task<Results<Ok<PersonAnswer>, ProblemHttpResult>> HandleAsync(string id, PersonStore people, PeopleSeen seen, HttpContext http)
    {
        if ((await seen.OfAsync(http))?.Invoke(id) is false || await people.GetAsync(id, http.RequestAborted) is not { } person) return PersonProblems.NotFound.ToResult();
        EntityTags.Tag(http, person.Revision);
        return TypedResults.Ok(PersonAnswer.Of(person));
    }
}
