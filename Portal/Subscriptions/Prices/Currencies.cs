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

    // The least that Stripe charges, or, of those it names none for, what is worth that.
    private static readonly FrozenDictionary<string, decimal> Least = new Dictionary<string, decimal>
    {
        ["AUD"] = 0.5m, ["BRL"] = 0.5m, ["CAD"] = 0.5m, ["CHF"] = 0.5m, ["CLP"] = 500, ["CZK"] = 15, ["DKK"] = 2.5m, ["EUR"] = 0.5m, ["GBP"] = 0.3m,
        ["INR"] = 0.5m, ["JPY"] = 50, ["KRW"] = 1000, ["MXN"] = 10, ["NOK"] = 3, ["NZD"] = 0.5m, ["PLN"] = 2, ["RON"] = 2, ["SEK"] = 3, ["SGD"] = 0.5m,
        ["THB"] = 10, ["TRY"] = 25, ["USD"] = 0.5m, ["VND"] = 15_000, ["ZAR"] = 10,
    }.ToFrozenDictionary();

    /// <summary>What a charge that is not free is raised to.</summary>
    public static Money LeastCharge(string code) => new Money(Least[code], code).Rounded();

    public static bool IsKnown(string? code) => code is not null && Decimals.ContainsKey(code);

    /// <exception cref="ArgumentException">It is not known.</exception>
    public static int DecimalsOf(string code) =>
        Decimals.TryGetValue(code, out var decimals) ? decimals : throw new ArgumentException($"{code} is no currency that prices may be in.", nameof(code));
}
