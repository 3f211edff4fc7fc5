using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

internal static class ShowPerson
{
    public static async Task<Results<Ok<PersonAnswer>, ProblemHttpResult>> HandleAsync(string id, PersonStore people, PeopleSeen seen, HttpContext http) =>
        (await seen.OfAsync(http))?.Invoke(id) is not false && await people.GetAsync(id, http.RequestAborted) is { } person
            ? TypedResults.Ok(PersonAnswer.Of(person)) : PersonProblems.NotFound.ToResult();
}
