using System.Numerics;

namespace FlickStream.Shared.Bench;

/// <summary>--name value, and flags.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <param name="values">Names of options with a value.</param>
    /// <param name="flags">Names of those without.</param>
    /// <exception cref="ArgumentException">There is no such option, or its value is missing; the message names it.</exception>
    public static Arguments Of(string[] words, string[] values, string[] flags)
    {
        var arguments = new Arguments();
        for (var at = 0; at < words.Length; at++)
        {
            var name = words[at].StartsWith("--", StringComparison.Ordinal) ? words[at][2..] : throw new ArgumentException($"Not an option: {words[at]}");
            if (flags.Contains(name)) arguments._given[name] = "";
            else if (!values.Contains(name)) throw new ArgumentException($"No such option: --{name}");
            else if (++at < words.Length) arguments._given[name] = words[at];
            else throw new ArgumentException($"--{name} wants a value.");
        }

        return arguments;
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public string? Text(string name) => _given.GetValueOrDefault(name);

    /// <param name="least">Of what is given; null for any.</param>
    /// <param name="most">Likewise.</param>
    /// <exception cref="ArgumentException">No such number is given; the message names the option.</exception>
    public T Number<T>(string name, T usual, T? least = null, T? most = null)
        where T : struct, INumber<T> =>
        _given.TryGetValue(name, out var text) ? Numbers.Parse($"--{name}", text, least, most, why => new ArgumentException(why)) : usual;
}
