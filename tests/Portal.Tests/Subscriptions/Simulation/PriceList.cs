namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>What things cost, as it is told to people; reckoned here by itself, in coins.</summary>
internal static class PriceList
{
    public static readonly IReadOnlyList<Promotion> Promotions =
    [
        new("TENTH", 10, null, null, null, null), new("HALF", 50, null, 3, null, null), new("FIRSTFREE", 100, null, 1, null, null),
        new("FAMILY", 25, null, 6, "family", null), new("ALWAYSBASIC", 100, null, null, "basic", 20), new("YEN", null, 300, 2, null, null), new("FEW", 96, null, 12, null, 15),
    ];

    private static readonly Dictionary<(string Plan, string Currency), long> Prices = new()
    {
        [("basic", "USD")] = 799, [("basic", "EUR")] = 799, [("basic", "JPY")] = 890,
        [("premium", "USD")] = 1299, [("premium", "EUR")] = 1299, [("premium", "JPY")] = 1490,
        [("family", "USD")] = 1799, [("family", "EUR")] = 1799, [("family", "JPY")] = 1990,
    };

    public static int TrialDaysOf(string plan) => plan == "basic" ? 0 : 7;

    public static long CoinsOf(decimal amount, string currency) => (long)(currency == "JPY" ? amount : amount * 100);

    /// <summary>What a month costs, with a code if it is for the plan.</summary>
    public static long MonthOf(string plan, string currency, Promotion? promotion)
    {
        var price = Prices[(plan, currency)];
        if (promotion is null || !promotion.IsFor(plan)) return price;
        var left = promotion.Percent is { } percent ? Half(price * (100 - percent), 100) : Math.Max(0, price - promotion.Coins!.Value);
        return left == 0 ? 0 : Math.Max(left, 50);
    }

    /// <summary>What is left to pay for dearer days: each share is rounded as it is shown. Below zero: the dearer one is the cheaper, by the code.</summary>
    public static long UpgradeOf(string from, string to, string currency, Promotion? promotion, int days, int of)
    {
        var more = Half(MonthOf(to, currency, promotion) * days, of) - Half(MonthOf(from, currency, promotion) * days, of);
        return more > 0 ? Math.Max(more, 50) : more;
    }

    public static bool IsDearer(string to, string from, string currency) => Prices[(to, currency)] > Prices[(from, currency)];

    private static long Half(long coins, long of) => ((coins * 2) + of) / (of * 2);
}

/// <param name="Percent">Off; null where it is coins.</param>
/// <param name="Periods">Charges that it lowers; null: all.</param>
/// <param name="Plan">That it is for; null: all.</param>
/// <param name="Limit">Accounts; null: all.</param>
internal sealed record Promotion(string Code, int? Percent, long? Coins, int? Periods, string? Plan, int? Limit)
{
    /// <summary>Of one in coins.</summary>
    public const string Currency = "JPY";

    public bool IsFor(string plan) => Plan is null || Plan == plan;

    public bool IsGood(string plan, string currency) => IsFor(plan) && (Coins is null || currency == Currency);
}
