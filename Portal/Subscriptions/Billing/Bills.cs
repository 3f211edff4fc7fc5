using System.Globalization;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What is charged for what.</summary>
internal static class Bills
{
    public static Bill First(string subscriptionId, PlanChoice plan, string planName, Discount? discount, DateTimeOffset now) => New(
        KeyOf(subscriptionId, now), BillPurpose.First, plan, Lines(planName, plan, discount), now) with { Step = BillStep.InCheckout, Discount = discount };

    public static Bill Renewal(
        string subscriptionId, PlanChoice plan, string planName, Period period, DateTimeOffset graceEnd, TimeSpan giveUpAfter, DateTimeOffset now) => New(
        KeyOf(subscriptionId, period.Start), BillPurpose.Renewal, plan, Lines(planName, plan, period.Discount), now) with
        {
            Period = period, Discount = period.Discount, GraceEnd = graceEnd, GiveUpAt = now + giveUpAfter,
        };

    public static Bill Upgrade(Subscription subscription, UpgradeQuote quote, Uri returnUrl, TimeSpan life, DateTimeOffset now) => New(
        string.Create(CultureInfo.InvariantCulture, $"sub:{subscription.Id}:upgrade:{subscription.Sequence + 1}"),
        BillPurpose.Upgrade, quote.Plan, quote.Lines, now) with
        {
            Period = subscription.Period, ReturnUrl = returnUrl, GiveUpAt = now + life,
        };

    /// <summary>What another plan costs for what is left of a period, by whole local days: what was paid for them is taken off.</summary>
    public static UpgradeQuote Quote(Subscription subscription, PlanChoice plan, PlanNames names, DateTimeOffset now)
    {
        var (period, currency) = (subscription.Period!, plan.Price.Currency);
        if (period.Number == 0) return new UpgradeQuote(plan, [], Money.Zero(currency).Rounded());
        var (left, all) = BillingCalendar.DaysLeft(period, subscription.TimeZone, now);
        var days = string.Create(CultureInfo.InvariantCulture, $"{left} of {all} days");
        BillLine[] lines =
        [
            new($"{names.Of(plan)}, {days}", Share(plan)), new($"{names.Of(subscription.Plan)}, {days}, paid already", Share(subscription.Plan).Negated()),
        ];
        var (total, least) = (lines[0].Amount.Plus(lines[1].Amount), Currencies.LeastCharge(currency));
        return total.Amount > 0 && total.Amount < least.Amount
            ? new UpgradeQuote(plan, [.. lines, new($"Raised to {least}, the least that is charged", least.Minus(total))], least) : new UpgradeQuote(plan, lines, total);

        Money Share(PlanChoice choice)
        {
            var paid = period.Discount?.Off(choice) ?? choice.Price;
            return (paid with { Amount = paid.Amount * left / all }).Rounded();
        }
    }

    private static BillLine[] Lines(string planName, PlanChoice plan, Discount? discount) => discount is null
        ? [new(planName, plan.Price)] : [new(planName, plan.Price), new($"Code {discount.Code}", discount.Off(plan).Minus(plan.Price))];

    private static Bill New(string key, BillPurpose purpose, PlanChoice plan, IReadOnlyList<BillLine> lines, DateTimeOffset now) => new()
    {
        Key = key, Purpose = purpose, Plan = plan, Lines = lines, OpenedAt = now, Step = BillStep.Preparing,
        Total = lines.Aggregate(Money.Zero(plan.Price.Currency).Rounded(), (sum, line) => sum.Plus(line.Amount)),
    };

    private static string KeyOf(string subscriptionId, DateTimeOffset start) =>
        string.Create(CultureInfo.InvariantCulture, $"sub:{subscriptionId}:period:{start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
}

/// <param name="Plan">That it changes to.</param>
/// <param name="Lines">None in a trial, which is free whatever the plan.</param>
/// <param name="Amount">To be paid now.</param>
internal sealed record UpgradeQuote(PlanChoice Plan, IReadOnlyList<BillLine> Lines, Money Amount);
