namespace FlickStream.Portal.Search;

/// <summary>What it is worth that a word of the query is found; whole points, the best of a title's counts for each word. See <c>docs/search.md</c>.</summary>
internal static class Worth
{
    /// <summary>What a name begins with, beside the first word of the query.</summary>
    public const byte First = 115;
    public const byte FirstBeginning = 92;

    /// <summary>Next to each other in the query and in the name.</summary>
    public const byte Joined = 110;
    public const byte JoinedBeginning = 75;
    public const byte Name = 100;
    public const byte NameBeginning = 80;
    public const byte Person = 70;
    public const byte PersonBeginning = 55;
    public const byte About = 60;
    public const byte AboutBeginning = 45;
    public const byte Said = 15;

    /// <summary>Of a name that has as many words as the query; half of it with one more, and so on.</summary>
    public const int WholeName = 20;

    private const int PersonShare = 65, AboutShare = 60;

    /// <summary>A word of a name that is so near.</summary>
    public static byte NearName(int edits, bool isWhole) => (edits, isWhole) switch { (1, true) => 60, (1, false) => 45, (_, true) => 35, _ => 25 };

    public static byte NearPerson(int edits, bool isWhole) => (byte)(NearName(edits, isWhole) * PersonShare / 100);

    public static byte NearAbout(int edits, bool isWhole) => (byte)(NearName(edits, isWhole) * AboutShare / 100);
}
