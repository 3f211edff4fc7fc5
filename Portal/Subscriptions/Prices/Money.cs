using System.ComponentModel;
using System.Globalization;

namespace FlickStream.Portal.Subscriptions.Prices;

/// <summary>An amount of a currency, never finer than its smallest coin where it is charged.</summary>
/// <param name="Amount">In units of the currency, such as 9.99.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
[ImmutableObject(true)]
internal sealed record Money(decimal Amount, string Currency)
{
    private const decimal MostCoins = 99_999_999;

    /// <summary>In the smallest coin: 999 of USD 9.99, 890 of JPY 890.</summary>
    /// <exception cref="InvalidOperationException">It is finer than that.</exception>
    public long ToMinor()
    {
        var minor = Amount * Scale(Currency);
        return decimal.IsInteger(minor) ? (long)minor : throw new InvalidOperationException($"{this} is finer than the smallest coin.");
    }

    public static Money OfMinor(long minor, string currency) => new Money(minor / Scale(currency), currency).Rounded();

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>To the smallest coin, halves away from zero.</summary>
    public Money Rounded()
    {
        var decimals = Currencies.DecimalsOf(Currency);
        // The sum gives the amount the currency's decimals, so that 9.9 and 9.90 are written alike.
        return this with { Amount = Math.Round(Amount, decimals, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, false, (byte)decimals) };
    }

    /// <summary>Whether it is a price: above zero, no finer than the smallest coin, and of no more digits of it than Stripe takes.</summary>
    public bool IsPrice() =>
        Currencies.IsKnown(Currency) && Amount > 0 && Amount <= MostCoins / Scale(Currency) && decimal.IsInteger(Amount * Scale(Currency));

    public Money Plus(Money other) => this with { Amount = Amount + Same(other).Amount };

    public Money Minus(Money other) => this with { Amount = Amount - Same(other).Amount };

    public Money Negated() => this with { Amount = -Amount };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rounded().Amount} {Currency}");

    private Money Same(Money other) =>
        other.Currency == Currency ? other : throw new InvalidOperationException($"{Currency} and {other.Currency} have no sum.");

    private static decimal Scale(string currency) => Currencies.DecimalsOf(currency) switch { 0 => 1m, 2 => 100m, var more => (decimal)Math.Pow(10, more) };
}
