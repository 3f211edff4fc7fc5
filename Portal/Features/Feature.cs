namespace FlickStream.Portal.Features;

/// <summary>Something that can be switched on and off while the system runs.</summary>
/// <param name="Name">Lower-case letters and hyphens; never used again for something else.</param>
/// <param name="IsOnByDefault">Where nobody has switched it.</param>
/// <param name="IsForClients">Whether clients are told, to show it or not.</param>
/// <param name="Sentence">What it switches.</param>
internal sealed record Feature(string Name, bool IsOnByDefault, bool IsForClients, string Sentence);

/// <summary>All that there are.</summary>
internal static class AllFeatures
{
    public static readonly Feature Reviews = new(
        "reviews", true, true, "Viewers rate titles, write about them and report what others wrote; what is there is shown in any case.");

    public static readonly Feature Sharing = new("sharing", true, true, "Pages of titles and lists for those who are sent a link, and oEmbed.");

    public static IReadOnlyList<Feature> List { get; } = [Reviews, Sharing];

    public static Feature? Find(string name) => List.FirstOrDefault(feature => feature.Name == name);
}
