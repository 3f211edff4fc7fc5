namespace FlickStream.Portal.Bench;

/// <summary>Texts as long as those of films are.</summary>
internal static class Words
{
    // As many as names and descriptions of a large catalog have, of which few are used much.
    private const int Nouns = 3000;
    private const int All = 20_000;

    private static readonly string[] Beginnings = ["An", "Be", "Ca", "Da", "El", "Fa", "Gi", "Ha", "Is", "Jo", "Ka", "Lu", "Ma", "No"];

    private static readonly string[] Ends = ["na", "len", "ro", "mir", "da", "sa", "ne", "vid", "bel", "ko"];

    public static string Noun(int number) => Word(number % Nouns);

    public static string Name(int number) => Beginnings[number % Beginnings.Length] + Ends[number / Beginnings.Length % Ends.Length];

    public static string Synopsis(Random random) =>
        string.Join(' ', Enumerable.Range(0, 40).Select(_ => Word((int)(Math.Pow(random.NextDouble(), 3) * All)).ToLowerInvariant())) + ".";

    private static string Word(int number)
    {
        var word = Beginnings[number % Beginnings.Length];
        var rest = number / Beginnings.Length;
        do
        {
            word += Ends[rest % Ends.Length];
            rest /= Ends.Length;
        }
        while (rest > 0);
        return word;
    }
}
