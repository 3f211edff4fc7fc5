using System.Globalization;
using System.Net;
using System.Text;

namespace FlickStream.Portal.Sharing;

/// <param name="Path">On this site.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="IsWide">Rather than high.</param>
internal sealed record SharedPicture(string Path, int Width, int Height, bool IsWide);

/// <summary>A page that other sites make a preview of: no script, no style, and every word encoded.</summary>
/// <param name="Type">Of OpenGraph.</param>
/// <param name="Address">The canonical one.</param>
/// <param name="Language">BCP 47; null where it is of none.</param>
/// <param name="IsIndexed">Whether search engines may keep it.</param>
internal sealed record SharedPage(
    string SiteName, string Site, string Type, string Address, string Title, string? Description, SharedPicture? Picture, string? Language, bool IsIndexed)
{
    public const string ContentType = "text/html; charset=utf-8";

    // Previews take the whole picture; on the page its words are to be seen beside it.
    private const int WidestShown = 480;

    /// <param name="oEmbed">Where the same is told as oEmbed; null where it is not.</param>
    /// <param name="body">What is beside title, picture and description; HTML.</param>
    public string ToHtml(string? oEmbed, string body)
    {
        var html = new StringBuilder("<!doctype html>\n<html").Append(Language is null ? "" : $" lang=\"{Html(Language)}\"");
        html.Append(" prefix=\"og: https://ogp.me/ns#\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Html(Title)} - {Html(SiteName)}</title>\n");
        html.Append(CultureInfo.InvariantCulture, $"<link rel=\"canonical\" href=\"{Html(Address)}\">\n");
        if (oEmbed is not null)
            html.Append(CultureInfo.InvariantCulture, $"<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{Html(oEmbed)}\" title=\"{Html(Title)}\">\n");
        if (!IsIndexed) html.Append("<meta name=\"robots\" content=\"noindex\">\n");
        foreach (var (name, content) in Named()) html.Append(CultureInfo.InvariantCulture, $"<meta name=\"{name}\" content=\"{Html(content)}\">\n");
        foreach (var (property, content) in OpenGraph())
            html.Append(CultureInfo.InvariantCulture, $"<meta property=\"{property}\" content=\"{Html(content)}\">\n");
        html.Append(CultureInfo.InvariantCulture, $"</head>\n<body>\n<h1>{Html(Title)}</h1>\n");
        if (Picture is { } picture)
            html.Append(CultureInfo.InvariantCulture, $"<img src=\"{Html(picture.Path)}\" width=\"{Math.Min(picture.Width, WidestShown)}\" alt=\"\">\n");
        if (Description is not null) html.Append(CultureInfo.InvariantCulture, $"<p>{Html(Description)}</p>\n");
        return html.Append(body).Append("</body>\n</html>\n").ToString();
    }

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    private IEnumerable<(string Name, string Content)> Named()
    {
        yield return ("twitter:card", Picture is { IsWide: true } ? "summary_large_image" : "summary");
        yield return ("twitter:title", Title);
        if (Description is not null) yield return ("description", Description);
        if (Description is not null) yield return ("twitter:description", Description);
        if (Picture is not null) yield return ("twitter:image", Site + Picture.Path);
    }

    private IEnumerable<(string Property, string Content)> OpenGraph()
    {
        yield return ("og:site_name", SiteName);
        yield return ("og:type", Type);
        yield return ("og:title", Title);
        yield return ("og:url", Address);
        if (Description is not null) yield return ("og:description", Description);
        if (Picture is null) yield break;
        yield return ("og:image", Site + Picture.Path);
        yield return ("og:image:width", Picture.Width.ToString(CultureInfo.InvariantCulture));
        yield return ("og:image:height", Picture.Height.ToString(CultureInfo.InvariantCulture));
    }
}
