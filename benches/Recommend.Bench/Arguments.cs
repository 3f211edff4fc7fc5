using System.Globalization;
using System.Numerics;

namespace FlickStream.Recommend.Bench;

/// <summary>--name value, and flags.</summary>
internal sealed class Arguments
{
    private static readonly string[] Flags = ["cold-viewers", "cold-titles", "no-blas"];

    private static readonly string[] Values =
    [
        "train", "test", "items", "protocol", "generate", "catalogue", "content", "viewers", "requests", "factors", "epochs", "head", "item-lambda", "next-lambda", "factor-lambda",
        "unwatched", "cases", "trees", "seed",
    ];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public static Arguments Of(string[] words)
    {
        var arguments = new Arguments();
        for (var at = 0; at < words.Length; at++)
        {
            var name = words[at].StartsWith("--", StringComparison.Ordinal) ? words[at][2..] : throw new ArgumentException($"Not an option: {words[at]}");
            if (Flags.Contains(name)) arguments._given[name] = "";
            else if (!Values.Contains(name)) throw new ArgumentException($"No such option: --{name}");
            else if (++at < words.Length) arguments._given[name] = words[at];
            else throw new ArgumentException($"--{name} wants a value.");
        }

        return arguments;
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public string? Text(string name) => _given.GetValueOrDefault(name);

    /// <param name="least">Of what is given; null for any.</param>
    public T Number<T>(string name, T usual, T? least = null)
        where T : struct, INumber<T> => !_given.TryGetValue(name, out var text) ? usual
        : !T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? throw new ArgumentException($"--{name} wants a number, not '{text}'.")
        : least is { } bound && number < bound ? throw new ArgumentException($"--{name} wants at least {bound}, not {text}.")
        : number;
}
