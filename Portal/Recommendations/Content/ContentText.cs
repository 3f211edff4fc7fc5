namespace FlickStream.Portal.Recommendations.Content;

/// <summary>What is known of a title before anyone watched it.</summary>
internal sealed record ContentText(string Name, string Synopsis, IReadOnlyList<string> Genres, IReadOnlyList<string> People, IReadOnlyList<string> Tags)
{
    public static readonly ContentText None = new("", "", [], [], []);
}
