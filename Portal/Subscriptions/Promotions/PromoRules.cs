using FlickStream.Platform.Problems;
using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Subscriptions.Promotions;

internal static class PromoRules
{
    /// <summary>As codes are kept; null where it is none.</summary>
    public static string? CodeOf(string? text) =>
        text?.Trim().ToUpperInvariant() is { Length: >= 3 and <= 30 } code && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-') ? code : null;

    public static bool IsContent(PromoContent content) =>
        content is { Percent: >= 1 and <= 100, Amount: null } or { Percent: null, Amount: not null }
        && content.Amount?.IsPrice() is not false
        && content.Periods is null or (>= 1 and <= 120) && content.Limit is null or (>= 1 and <= 1_000_000);

    /// <summary>What the code takes off a plan; null, with why, where it takes nothing.</summary>
    public static Discount? DiscountOf(PromoCode? promo, PlanChoice plan, DateTimeOffset now, out Problem? refusal)
    {
        refusal = promo is null || now >= promo.Content.ExpiresAt ? PromoProblems.NotFound
            : promo.Content.PlanIds?.Contains(plan.PlanId) is false || (promo.Content.Amount is { } off && off.Currency != plan.Price.Currency) ? PromoProblems.NotForThis
            : null;
        return refusal is null ? new Discount(promo!.Code, promo.Content.Percent, promo.Content.Amount?.Rounded(), promo.Content.Periods, promo.Content.PlanIds) : null;
    }
}
