using System.Text.Json.Serialization;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Titles;

/// <summary>As oEmbed 1.0 names it (https://oembed.com): a link, because what is behind it plays for subscribers only.</summary>
internal sealed record OEmbedLink
{
    [JsonPropertyName("version")]
    public string Version { get; } = "1.0";

    [JsonPropertyName("type")]
    public string Type { get; } = "link";

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("provider_name")]
    public required string ProviderName { get; init; }

    [JsonPropertyName("provider_url")]
    public required string ProviderUrl { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("cache_age")]
    public int CacheAge { get; } = 3600;

    [JsonPropertyName("thumbnail_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ThumbnailUrl { get; init; }

    [JsonPropertyName("thumbnail_width"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ThumbnailWidth { get; init; }

    [JsonPropertyName("thumbnail_height"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ThumbnailHeight { get; init; }
}

/// <summary>GET: what a shared title is, for sites that are given its address.</summary>
internal static class ShowOEmbed
{
    /// <param name="url">Of a shared title.</param>
    /// <param name="format">json.</param>
    /// <param name="maxwidth">Of the thumbnail, in pixels.</param>
    /// <param name="maxheight">Of the thumbnail, in pixels.</param>
    public static async Task<Results<Ok<OEmbedLink>, ProblemHttpResult>> HandleAsync(
        SharedTitles titles, PublicAddress address, IOptions<SharingOptions> options, HttpContext http, string? url = null, string format = "json",
        int? maxwidth = null, int? maxheight = null)
    {
        CatalogPages.MarkPrivate(http);
        if (format != "json") return SharingProblems.FormatUnsupported.ToResult();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var asked) || asked.Scheme is not ("http" or "https") || maxwidth < 1 || maxheight < 1)
            return SharingProblems.UrlInvalid.ToResult();
        var (site, path) = (address.Of(http), asked.GetLeftPart(UriPartial.Path));
        var own = $"{site}{PublicAddress.Titles}";
        if (!path.StartsWith(own, StringComparison.OrdinalIgnoreCase) || await titles.FindAsync(PublicAddress.IdOf(path[own.Length..]), http) is not { } title)
            return SharingProblems.NotFound.ToResult();
        var picture = SharedPictures.Choose(title.Artwork, maxwidth, maxheight);
        return TypedResults.Ok(new OEmbedLink
        {
            Title = ShareTitle.NameOf(title), ProviderName = options.Value.SiteName, ProviderUrl = $"{site}/",
            ThumbnailUrl = picture is null ? null : site + picture.Path, ThumbnailWidth = picture?.Width, ThumbnailHeight = picture?.Height,
        });
    }
}
