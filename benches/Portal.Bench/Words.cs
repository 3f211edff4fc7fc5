namespace FlickStream.Portal.Bench;

/// <summary>Texts as long as those of films are.</summary>
internal static class Words
{
    private static readonly string[] Nouns =
    [
        "River", "Winter", "Letter", "Garden", "Harbour", "Mountain", "Shadow", "Silence", "Orchard", "Station", "Island", "Mirror", "Storm", "Bridge",
        "Lantern", "Forest", "Summer", "Journey", "Window", "Kingdom", "Clockmaker", "Daughter", "Stranger", "Horizon", "Desert", "Promise", "Echo", "Tide",
    ];

    private static readonly string[] Beginnings = ["An", "Be", "Ca", "Da", "El", "Fa", "Gi", "Ha", "Is", "Jo", "Ka", "Lu", "Ma", "No"];

    private static readonly string[] Ends = ["na", "len", "ro", "mir", "da", "sa", "ne", "vid", "bel", "ko"];

    public static string Noun(int number) => Nouns[number % Nouns.Length];

    public static string Name(int number) => Beginnings[number % Beginnings.Length] + Ends[number / Beginnings.Length % Ends.Length];

    public static string Synopsis(Random random) => string.Join(' ', Enumerable.Range(0, 40).Select(_ => Noun(random.Next()).ToLowerInvariant())) + ".";
}
