using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Titles;

/// <summary>GET: the page of a title to send to others.</summary>
internal static class ShareTitle
{
    /// <param name="slug">Anything that ends with the id; another than the canonical one leads there.</param>
    public static async Task<Results<ContentHttpResult, RedirectHttpResult, ProblemHttpResult>> HandleAsync(
        string slug, SharedTitles titles, PublicAddress address, IOptions<SharingOptions> options, HttpContext http, string? language = null)
    {
        // Who may see it differs, as its name and so its address may.
        CatalogPages.MarkPrivate(http);
        if (await titles.FindAsync(PublicAddress.IdOf(slug), http, language) is not { } title) return SharingProblems.NotFound.ToResult();
        if (slug != title.Slug) return TypedResults.Redirect($"{PublicAddress.Titles}{title.Slug}{http.Request.QueryString}");
        var site = address.Of(http);
        var own = $"{site}{PublicAddress.Titles}{title.Slug}";
        var page = new SharedPage(
            options.Value.SiteName, site, TypeOf(title.Kind), own, NameOf(title), title.Description, SharedPictures.Choose(title.Artwork), title.Language,
            IsIndexed: true);
        var link = $"<p><a href=\"/titles/{title.Id}\">{SharedPage.Html(options.Value.SiteName)}</a></p>\n";
        return TypedResults.Content(page.ToHtml($"{site}/oembed?url={Uri.EscapeDataString(own)}&format=json", link), SharedPage.ContentType);
    }

    public static string NameOf(SharedTitle title) => title.Year is { } year ? FormattableString.Invariant($"{title.Name} ({year})") : title.Name;

    private static string TypeOf(string kind) => kind switch
    {
        Kinds.Movie => "video.movie",
        Kinds.Series => "video.tv_show",
        Kinds.Episode => "video.episode",
        _ => "video.other",
    };
}
