using FlickStream.Platform.Access;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

internal sealed record KeyPage(IReadOnlyList<KeyAnswer> Items, string? Next);

internal static class ListKeys
{
    public static async Task<Results<Ok<KeyPage>, ProblemHttpResult>> HandleAsync(
        ApiKeys keys, CancellationToken cancellationToken, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await keys.ListAsync(limit, after, cancellationToken);
        return TypedResults.Ok(new KeyPage([.. page.Items.Select(key => KeyAnswer.Of(key.Value))], page.Next));
    }
}
