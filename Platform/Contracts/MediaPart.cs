namespace FlickStream.Platform.Contracts;

/// <summary>What is stored, shared and removed as a whole of an asset's media: <c>media/{asset}/{Revision}/{Name}</c>.</summary>
/// <param name="Revision">The encoding that made it.</param>
/// <param name="Name">A folder with its closing slash (<c>v720/</c>, <see cref="Sprites"/>), or a single file
/// (<see cref="Poster"/>).</param>
public readonly record struct MediaPart(string Revision, string Name)
{
    public const string Sprites = "sprites/";
    public const string Poster = "poster.jpg";

    public static MediaPart OfRendition(string name, PartSource? source, string own) => new(source?.From ?? own, $"{name}/");
}
