using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>What the languages of a viewer and of titles have to do with each other.</summary>
public sealed class SpokenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_popular_in_the_viewers_language_was_made_in_it_in_any_region()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var (portuguese, english) = (await PublishedAsync("pt", "pt-BR", "pt", "pt-BR"), await PublishedAsync("en", "en", "en-GB", "en"));
        // A name in exactly this language says nothing of what it was made in.
        var renamed = Studio.Movie("Um filme");
        renamed["texts"]!["pt-BR"] = new JsonObject { ["name"] = "Um filme" };
        await studio.PublishAsync(renamed);
        // Nothing is new any more.
        portal.Clock.Leap(TimeSpan.FromDays(61));
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.EnterAsync();

        Assert.Equal(portuguese.Reverse(), await PopularAsync("pt", "pt"));
        Assert.Equal(portuguese.Reverse(), await PopularAsync("pt-BR", "pt"));
        Assert.Equal(english.Reverse(), (await PopularAsync("en-GB", "en")).Take(4));
        Assert.Empty(await PopularAsync("fr", "fr"));
        // All but what nobody has watched.
        Assert.Equal(8, (await PopularAsync("fr", null)).Count);

        // In the order of their popularity, the least popular first.
        async Task<string[]> PublishedAsync(params string[] languages)
        {
            var ids = new List<string>();
            foreach (var language in languages)
            {
                var movie = Studio.Movie($"Movie {Guid.NewGuid():n}");
                (movie["originalLanguage"], movie["texts"]) = (language, new JsonObject { [language] = movie["texts"]!["en"]!.DeepClone() });
                var id = await studio.PublishAsync(movie);
                await portal.Services.GetRequiredService<TitleStore>().ChangeAsync(id, title => new(title with { Popularity = 1400 + ids.Count }, null), Ct);
                ids.Add(id);
            }

            return [.. ids];
        }

        async Task<IReadOnlyList<string>> PopularAsync(string wish, string? language)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/recommendations");
            request.Headers.AcceptLanguage.ParseAdd(wish);
            using var answer = await viewer.Browser.SendAsync(request, Ct);
            return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("rows").EnumerateArray()
                .Where(row => row.GetProperty("kind").GetString() == "popular" && row.GetProperty("language").GetString() == language)
                .SelectMany(row => row.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("title").GetProperty("id").GetString()!)];
        }
    }
}
