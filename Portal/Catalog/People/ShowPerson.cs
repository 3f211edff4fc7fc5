using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

internal static class ShowPerson
{
    public static async Task<Results<Ok<PersonAnswer>, ProblemHttpResult>> HandleAsync(string id, PersonStore people, CancellationToken cancellationToken) =>
        await people.GetAsync(id, cancellationToken) is { } person ? TypedResults.Ok(PersonAnswer.Of(person)) : PersonProblems.NotFound.ToResult();
}
