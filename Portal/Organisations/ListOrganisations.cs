using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

internal sealed record OrganisationPage(IReadOnlyList<Organisation> Items, string? Next);

internal static class ListOrganisations
{
    public static async Task<Results<Ok<OrganisationPage>, ProblemHttpResult>> HandleAsync(
        OrganisationStore organisations, CancellationToken cancellationToken, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await organisations.ListAsync(limit, after, cancellationToken);
        return TypedResults.Ok(new OrganisationPage([.. page.Items.Select(item => item.Value)], page.Next));
    }
}
