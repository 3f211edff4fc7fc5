using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Subscriptions.Plans;

internal static class PlanProblems
{
    public static readonly Problem NotFound = new("plan_not_found", 404, "There is no such plan.");

    public static readonly Problem NotOffered = new("plan_not_offered", 409, "This plan is not offered at this moment. Choose another.");

    public static readonly Problem CurrencyUnknown = new("plan_currency_unknown", 400, "Choose a currency that the plan has a price in.");

    public static readonly Problem Changed = new("plan_changed", 412, "Somebody has changed it since you saw it. Read it again.");

    public static readonly Problem IdInvalid = new("plan_id_invalid", 400, "Give the plan an id of 2 to 30 lower-case letters, digits and hyphens.");

    public static readonly Problem NameInvalid = new("plan_name_invalid", 400, "Give the plan a name of 1 to 60 characters.");

    public static readonly Problem LimitsInvalid = new(
        "plan_limits_invalid", 400, "Give a height of 144 to 4320, streams and profiles of 1 to 50, and 0 to 90 days of trial.");

    public static readonly Problem PricesInvalid = new(
        "plan_prices_invalid", 400, "Give a price of at least what is charged at all (0.50 USD), whole in the currency's smallest coin and at most 99,999,999 of it, in at least one known currency and in each once.");
}
