using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.People;

/// <param name="Note">What tells two of one name apart; empty usually.</param>
/// <param name="Revision">For the If-Match of a change: <c>"r3"</c>.</param>
internal sealed record PersonAnswer(string Id, string Name, string Note, long Revision)
{
    public static PersonAnswer Of(Person person) => new(person.Id, person.Name, person.Note, person.Revision);
}

/// <param name="Next">The <c>after</c> of the next page, of which one may be shorter than asked for; null at the end.</param>
internal sealed record PersonPage(IReadOnlyList<PersonAnswer> Items, string? Next);

internal static class ListPeople
{
    // Of a page that few of are shown: what one request may cost.
    private const int MostReads = 20;

    /// <param name="name">How the name begins, whatever the case.</param>
    public static async Task<Results<Ok<PersonPage>, ProblemHttpResult>> HandleAsync(
        PersonStore people, PeopleSeen seen, HttpContext http, string name = "", int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (NamePerson.Tidy(name) is null && name.Length > 0) return PersonProblems.NameInvalid.ToResult();
        var isSeen = await seen.OfAsync(http);
        var (items, next) = (new List<PersonAnswer>(), after is null ? null : seen.Open(after));
        for (var reads = 1; ; reads++)
        {
            var page = await people.ListAsync(name, limit - items.Count, next, http.RequestAborted);
            items.AddRange(page.Items.Where(item => isSeen is null || isSeen(item.Id)).Select(item => PersonAnswer.Of(item.Value)));
            next = page.Next;
            if (next is null || items.Count == limit || reads == MostReads) return TypedResults.Ok(new PersonPage(items, next is null ? null : seen.Seal(next)));
        }
    }
}
