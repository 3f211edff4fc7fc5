using System.Collections.Concurrent;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Languages;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>For whom titles are shown.</summary>
/// <param name="Language">BCP 47; null: in the original.</param>
/// <param name="Region">ISO 3166-1; null where it is not known.</param>
/// <param name="MaximumAge">Titles for older ones are not shown.</param>
internal sealed record Viewing(string? Language, string? Region, int MaximumAge);

internal sealed class ViewingReader(IOptions<CatalogOptions> options, ProfileStore profiles)
{
    // Browsers send few different ones; what strangers make up beyond them is understood each time.
    private const int MostWishes = 1000;
    private const int LongestWish = 200;

    private readonly ConcurrentDictionary<string, string?> _accepted = new(StringComparer.Ordinal);

    /// <param name="http">The request.</param>
    /// <param name="language">That it asks for; else the profile's first, else the browser's.</param>
    public async ValueTask<Viewing> ReadAsync(HttpContext http, string? language)
    {
        var profile = await profiles.ActingAsync(CallerSession.Find(http.User));
        return new(
            LanguageTags.Shortest(language) ?? (profile?.Content.Languages is [var dearest, ..] ? dearest : null) ?? Accepted(http.Request), RegionOf(http.Request),
            profile?.Content.MaximumAge ?? CatalogView.Oldest);
    }

    private string? Accepted(HttpRequest request)
    {
        if (request.Headers.AcceptLanguage is not [{ Length: > 0 and <= LongestWish } wish]) return Understood(request);
        if (_accepted.TryGetValue(wish, out var known)) return known;
        var language = Understood(request);
        if (_accepted.Count < MostWishes) _accepted[wish] = language;
        return language;
    }

    private static string? Understood(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(one => one.Quality ?? 1).Select(one => LanguageTags.Shortest(one.Value.Value)).FirstOrDefault(tag => tag is not null);

    // Never what viewers themselves say, who would say where more is to be seen.
    private string? RegionOf(HttpRequest request) =>
        (options.Value.RegionHeader is { } header ? Countries.Of(request.Headers[header]) : null) ?? options.Value.Region;
}
