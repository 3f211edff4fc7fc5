using System.Collections.Frozen;

namespace FlickStream.Portal.Subscriptions.Prices;

/// <summary>The currencies that prices may be in, with the decimals that ISO 4217 gives them. Those whose decimals payment providers count
/// otherwise (ISK, HUF, UGX, TWD) and those of three are left out.</summary>
internal static class Currencies
{
    private static readonly FrozenDictionary<string, int> Decimals = new Dictionary<string, int>
    {
        ["AUD"] = 2, ["BRL"] = 2, ["CAD"] = 2, ["CHF"] = 2, ["CLP"] = 0, ["CZK"] = 2, ["DKK"] = 2, ["EUR"] = 2, ["GBP"] = 2, ["INR"] = 2, ["JPY"] = 0,
        ["KRW"] = 0, ["MXN"] = 2, ["NOK"] = 2, ["NZD"] = 2, ["PLN"] = 2, ["RON"] = 2, ["SEK"] = 2, ["SGD"] = 2, ["THB"] = 2, ["TRY"] = 2, ["USD"] = 2,
        ["VND"] = 0, ["ZAR"] = 2,
    }.ToFrozenDictionary();

    // "Minimum and maximum charge amounts" of docs.stripe.com/currencies, for accounts that settle in the currency. Stripe converts a charge for one that
    // settles in another, and then wants what is worth that one's least: it refuses less, which ends like any refusal.
    private static readonly FrozenDictionary<string, decimal> Published = new Dictionary<string, decimal>
    {
        ["AUD"] = 0.5m, ["BRL"] = 0.5m, ["CAD"] = 0.5m, ["CHF"] = 0.5m, ["CZK"] = 15, ["DKK"] = 2.5m, ["EUR"] = 0.5m, ["GBP"] = 0.3m, ["INR"] = 0.5m, ["JPY"] = 50,
        ["MXN"] = 10, ["NOK"] = 3, ["NZD"] = 0.5m, ["PLN"] = 2, ["RON"] = 2, ["SEK"] = 3, ["SGD"] = 0.5m, ["THB"] = 10, ["USD"] = 0.5m,
    }.ToFrozenDictionary();

    // Stripe names none for these. Conservative: about a dollar, twice the least of an account that settles in dollars, at the rates of 2026.
    private static readonly FrozenDictionary<string, decimal> Estimated = new Dictionary<string, decimal>
    {
        ["CLP"] = 1000, ["KRW"] = 1500, ["TRY"] = 50, ["VND"] = 30_000, ["ZAR"] = 20,
    }.ToFrozenDictionary();

    /// <summary>What a charge that is not free is raised to.</summary>
    public static Money LeastCharge(string code) => new Money(Published.TryGetValue(code, out var least) ? least : Estimated[code], code).Rounded();

    public static bool IsKnown(string? code) => code is not null && Decimals.ContainsKey(code);

    /// <exception cref="ArgumentException">It is not known.</exception>
    public static int DecimalsOf(string code) =>
        Decimals.TryGetValue(code, out var decimals) ? decimals : throw new ArgumentException($"{code} is no currency that prices may be in.", nameof(code));
}
