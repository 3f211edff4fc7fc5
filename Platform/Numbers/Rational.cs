using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlickStream.Platform.Numbers;

/// <summary>
/// An exact fraction in lowest terms with a positive denominator. Frame rates and times on the segment grid are
/// rationals and are rounded only when they are printed. JSON form: <c>"24000/1001"</c>.
/// </summary>
[JsonConverter(typeof(RationalJsonConverter))]
public readonly record struct Rational : IComparable<Rational>
{
    public Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        var divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator) * Math.Sign(denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public long Numerator { get; }

    // A default(Rational) must be a valid zero, so a stored denominator of 0 reads as 1.
    public long Denominator { get => field == 0 ? 1 : field; }

    public double Value => (double)Numerator / Denominator;

    public Rational Inverse => new(Denominator, Numerator);

    public static implicit operator Rational(long value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => Of(
        ((Int128)a.Numerator * b.Denominator) + ((Int128)b.Numerator * a.Denominator), (Int128)a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + new Rational(-b.Numerator, b.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        Of((Int128)a.Numerator * b.Numerator, (Int128)a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => a * b.Inverse;

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public int CompareTo(Rational other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <summary>The nearest whole number; halves go up.</summary>
    public long Round() => (long)FloorOf((2 * (Int128)Numerator) + Denominator, 2 * (Int128)Denominator);

    public long Floor() => (long)FloorOf(Numerator, Denominator);

    public long Ceiling() => -(long)FloorOf(-(Int128)Numerator, Denominator);

    /// <summary>Reads <c>"n/d"</c>, <c>"n:d"</c> or <c>"n"</c>; null when it is none of these or the denominator is zero.</summary>
    public static Rational? TryParse(string? text)
    {
        if (text is null) return null;
        var cut = text.AsSpan().IndexOfAny('/', ':');
        var top = cut < 0 ? text : text[..cut];
        var bottom = cut < 0 ? "1" : text[(cut + 1)..];
        return long.TryParse(top, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            && long.TryParse(bottom, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d != 0
            ? new Rational(n, d) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static Rational Of(Int128 numerator, Int128 denominator)
    {
        var (a, b) = (Int128.Abs(numerator), denominator);
        while (b != 0) (a, b) = (b, a % b);
        return a == 0 ? new Rational(0, 1) : new Rational(checked((long)(numerator / a)), checked((long)(denominator / a)));
    }

    private static Int128 FloorOf(Int128 numerator, Int128 denominator)
    {
        var (quotient, rest) = Int128.DivRem(numerator, denominator);
        return rest < 0 ? quotient - 1 : quotient;
    }
}

internal sealed class RationalJsonConverter : JsonConverter<Rational>
{
    public override Rational Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rational.TryParse(reader.GetString()) ?? throw new JsonException("Expected a fraction such as \"24000/1001\".");

    public override void Write(Utf8JsonWriter writer, Rational value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
