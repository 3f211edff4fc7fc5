using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

/// <param name="Used">How many accounts use it, or hold it in an open checkout.</param>
internal sealed record PromoAnswer(string Code, PromoContent Content, long Used, long Revision, DateTimeOffset CreatedAt);

internal sealed record PromoPage(IReadOnlyList<PromoAnswer> Items, string? Next);

internal static class ListPromoCodes
{
    public static async Task<Results<Ok<PromoPage>, ProblemHttpResult>> HandleAsync(
        PromoStore promotions, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await promotions.ListAsync(limit, after, stop);
        var items = new List<PromoAnswer>();
        foreach (var (_, _, promo) in page.Items) items.Add(await AnswerAsync(promo, promotions, stop));
        return TypedResults.Ok(new PromoPage(items, page.Next));
    }

    public static async Task<PromoAnswer> AnswerAsync(PromoCode promo, PromoStore promotions, CancellationToken stop) =>
        new(promo.Code, promo.Content, await promotions.UsedAsync(promo.Code, stop), promo.Revision, promo.CreatedAt);
}

/// <summary>PUT: a code that there is not yet, or, with the revision that If-Match names, another content: one that expires now ends it.</summary>
internal static class PutPromoCode
{
    public static async Task<Results<Ok<PromoAnswer>, Created<PromoAnswer>, ProblemHttpResult>> HandleAsync(
        string code, PromoContent content, PromoStore promotions, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (PromoRules.CodeOf(code) is not { } tidied) return PromoProblems.CodeInvalid.ToResult();
        if (!PromoRules.IsContent(content)) return PromoProblems.ContentInvalid.ToResult();
        var before = await promotions.GetAsync(tidied, http.RequestAborted);
        var isNamed = EntityTags.TryRead(http, out var revision);
        if (before is not null && !isNamed) return EntityTags.IfMatchNeeded.ToResult();
        if (before is not null && revision is { } seen && seen != before.Revision) return PromoProblems.Changed.ToResult();

        await audit.AddAsync(http, before is null ? "promo_code_created" : "promo_code_changed", $"promo:{tidied}", Words(content));
        var made = new PromoCode { Code = tidied, Content = content, Revision = 1, CreatedAt = time.GetUtcNow() };
        var put = before is null
            ? await promotions.AddAsync(made, CancellationToken.None) : await promotions.ChangeAsync(tidied, revision, content, CancellationToken.None);
        if (put is null) return (before is null ? PromoProblems.Exists : PromoProblems.Changed).ToResult();
        EntityTags.Tag(http, put.Revision);
        var answer = await ListPromoCodes.AnswerAsync(put, promotions, CancellationToken.None);
        return before is null ? TypedResults.Created($"/api/admin/promo-codes/{tidied}", answer) : TypedResults.Ok(answer);
    }

    private static string Words(PromoContent content)
    {
        var off = content.Percent is { } percent ? $"{percent} %" : $"{content.Amount}";
        return $"{off}, {content.Periods?.ToString(null, null) ?? "all"} periods, {content.Limit?.ToString(null, null) ?? "all"} accounts, until {content.ExpiresAt:u}";
    }
}
