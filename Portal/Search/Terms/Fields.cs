namespace FlickStream.Portal.Search.Terms;

/// <summary>What a <see cref="TermIndex"/> keeps apart.</summary>
internal static class Fields
{
    /// <summary>Words of all names.</summary>
    public const string Name = "name";

    /// <summary>Two words of a name that follow each other, as one: who looks for "spiderman" means "Spider-Man".</summary>
    public const string Joined = "joined";

    /// <summary>The word that a name begins with.</summary>
    public const string First = "first";

    public const string Person = "person";

    /// <summary>Genres, tags and the year.</summary>
    public const string About = "about";

    /// <summary>Words of synopses.</summary>
    public const string Said = "said";

    /// <summary>Of a word's beginnings those of up to so many letters are terms of their own: as many words begin with them as nobody could go through.</summary>
    public const int LongestStart = 3;

    /// <summary>Where the short beginnings of a field's words are.</summary>
    public static string StartOf(string field) => field switch { Name => "name-start", First => "first-start", Person => "person-start", _ => throw new ArgumentOutOfRangeException(nameof(field)) };
}
