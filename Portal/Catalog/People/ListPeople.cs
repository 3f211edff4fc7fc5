using FlickStream.Platform.Problems;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

/// <param name="Note">What tells two of one name apart; empty usually.</param>
internal sealed record PersonAnswer(string Id, string Name, string Note)
{
    public static PersonAnswer Of(Person person) => new(person.Id, person.Name, person.Note);
}

internal sealed record PersonPage(IReadOnlyList<PersonAnswer> Items, string? Next);

internal static class PersonProblems
{
    public static readonly Problem NotFound = new("person_not_found", 404, "There is no such person.");

    public static readonly Problem NameInvalid = new("person_name_invalid", 400, "Give a name of 1 to 200 characters and a note of at most 100.");

    public static readonly Problem NameTaken = new("person_name_taken", 409, "There is a person of this name and note already; add a note that tells them apart.");
}

internal static class ListPeople
{
    /// <param name="name">How the name begins, whatever the case.</param>
    public static async Task<Results<Ok<PersonPage>, ProblemHttpResult>> HandleAsync(
        PersonStore people, CancellationToken cancellationToken, string name = "", int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (NamePerson.Tidy(name) is null && name.Length > 0) return PersonProblems.NameInvalid.ToResult();
        var page = await people.ListAsync(name, limit, after, cancellationToken);
        return TypedResults.Ok(new PersonPage([.. page.Items.Select(item => PersonAnswer.Of(item.Value))], page.Next));
    }
}
