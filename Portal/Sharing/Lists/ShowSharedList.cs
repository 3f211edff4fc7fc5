using System.Globalization;
using System.Text;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Lists;

/// <summary>GET: a list that somebody shares, as a page and for an app. It tells nothing of whose it is.</summary>
internal static class ShowSharedList
{
    public static async Task<Results<Ok<PublicList>, ProblemHttpResult>> HandleAsync(string slug, PublicLists lists, HttpContext http) =>
        await lists.FindAsync(slug, http) is { } list ? TypedResults.Ok(list) : SharingProblems.NotFound.ToResult();

    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> PageAsync(
        string slug, PublicLists lists, PublicAddress address, IOptions<SharingOptions> options, HttpContext http)
    {
        CatalogPages.MarkPrivate(http);
        if (await lists.FindAsync(slug, http) is not { } list) return SharingProblems.NotFound.ToResult();
        var (site, items) = (address.Of(http), new StringBuilder("<ul>\n"));
        foreach (var card in list.Items)
            items.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{PublicAddress.Titles}{PublicAddress.SlugOf(card.Name, card.Id)}\">{SharedPage.Html(card.Name)}</a></li>\n");
        var picture = list.Items.Select(card => SharedPictures.Choose(card.Artwork)).FirstOrDefault(picture => picture is not null);
        var page = new SharedPage(
            options.Value.SiteName, site, "website", $"{site}{PublicAddress.Lists}{slug}", list.Name, FormattableString.Invariant($"{list.Items.Count} titles"),
            picture, null, IsIndexed: false);
        return TypedResults.Content(page.ToHtml(null, items.Append("</ul>\n").ToString()), SharedPage.ContentType);
    }
}
