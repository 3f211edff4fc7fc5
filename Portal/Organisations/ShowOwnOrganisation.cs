using FlickStream.Platform.Access;
using FlickStream.Portal.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

/// <param name="JoinedAt">Null for who was there before this was kept.</param>
internal sealed record OrganisationPerson(string Id, string Email, DateTimeOffset? JoinedAt);

/// <param name="People">Who work for it, at most 200 of them, by their addresses.</param>
internal sealed record OwnOrganisation(string Id, string Name, DateTimeOffset CreatedAt, IReadOnlyList<OrganisationPerson> People);

/// <summary>GET: the studio that the caller works for, and with whom.</summary>
internal static class ShowOwnOrganisation
{
    private const int MostPeople = 200;

    public static async Task<Results<Ok<OwnOrganisation>, ProblemHttpResult>> HandleAsync(OrganisationStore organisations, AccountStore accounts, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (Caller.Of(http).OrganisationId is not { } id || await organisations.GetAsync(id, stop) is not { } own) return OrganisationProblems.NotFound.ToResult();
        var people = await accounts.OfOrganisationAsync(id, stop).Take(MostPeople).Select(account => account.Value).ToListAsync(stop);
        return TypedResults.Ok(new OwnOrganisation(own.Id, own.Name, own.CreatedAt,
        [
            .. people.OrderBy(account => account.EmailKey, StringComparer.Ordinal).Select(account => new OrganisationPerson(account.Id, account.Email, account.JoinedAt)),
        ]));
    }
}
