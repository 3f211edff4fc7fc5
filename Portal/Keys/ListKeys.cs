using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

internal sealed record KeyPage(IReadOnlyList<KeyAnswer> Items, string? Next);

internal static class ListKeys
{
    private const int MaxLimit = 200;

    public static async Task<Results<Ok<KeyPage>, ProblemHttpResult>> HandleAsync(
        ApiKeys keys, CancellationToken cancellationToken, int limit = 100, string? after = null)
    {
        if (limit is < 1 or > MaxLimit) return KeyProblems.LimitInvalid.ToResult();
        var page = await keys.ListAsync(limit, after, cancellationToken);
        return TypedResults.Ok(new KeyPage([.. page.Items.Select(key => KeyAnswer.Of(key.Value))], page.Next));
    }
}
