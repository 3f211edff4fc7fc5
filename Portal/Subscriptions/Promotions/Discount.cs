using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Promotions;

/// <summary>What a promo code takes off each period.</summary>
/// <param name="Code">As its owner wrote it, upper case.</param>
/// <param name="Percent">1..100; null where it is an amount.</param>
/// <param name="Amount">In the subscription's currency; null where it is a percentage.</param>
/// <param name="PeriodsLeft">Null: for ever.</param>
/// <param name="PlanIds">That it is for; null: for all.</param>
internal sealed record Discount(string Code, int? Percent, Money? Amount, int? PeriodsLeft, IReadOnlyList<string>? PlanIds = null)
{
    public bool IsFor(PlanChoice plan) => PlanIds?.Contains(plan.PlanId) is not false;

    /// <summary>What is left of a plan's price: all of it where the code is not for the plan.</summary>
    public Money Off(PlanChoice plan) => IsFor(plan) ? Off(plan.Price) : plan.Price;

    private Money Off(Money price)
    {
        var (left, least) = (Reckoned(price), Currencies.LeastCharge(price.Currency));
        return left.Amount > 0 && left.Amount < least.Amount ? least : left;
    }

    private Money Reckoned(Money price) =>
        Percent is { } percent ? (price with { Amount = price.Amount * (100 - percent) / 100 }).Rounded()
        : Amount is { } amount && amount.Amount < price.Amount ? price.Minus(amount)
        : Money.Zero(price.Currency).Rounded();
}
