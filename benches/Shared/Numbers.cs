using System.Globalization;
using System.Numerics;

namespace FlickStream.Shared.Bench;

internal static class Numbers
{
    /// <param name="name">Of what wants the number.</param>
    /// <param name="least">Null for any.</param>
    /// <param name="most">Likewise.</param>
    /// <param name="fault">What is thrown where it is none or not between the two.</param>
    public static T Parse<T>(string name, string text, T? least, T? most, Func<string, Exception> fault)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number))
            return least is { } low && number < low ? throw fault($"{name} wants at least {least}, not {text}.")
                : most is { } high && number > high ? throw fault($"{name} wants at most {most}, not {text}.")
                : number;

        // Too large for its kind is above the bound too.
        var isLarge = most is not null && BigInteger.TryParse(text, CultureInfo.InvariantCulture, out var large) && large.Sign > 0;
        throw fault(isLarge ? $"{name} wants at most {most}, not {text}." : $"{name} wants a number, not '{text}'.");
    }
}
