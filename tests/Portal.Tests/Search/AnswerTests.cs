using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Search;

public sealed class AnswerTests
{
    private const long Room = 100_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_kept_is_bounded_and_what_is_asked_for_stays()
    {
        var cache = new PageCache(Room);
        cache.Keep("asked", Page("asked"));
        for (var i = 0; i < 2000; i++)
        {
            cache.Keep($"{i}", Page($"{i}"));
            Assert.NotNull(cache.Find("asked"));
        }

        Assert.Null(cache.Find("0"));
        Assert.NotNull(cache.Find("1999"));
        var kept = Enumerable.Range(0, 2000).Select(i => cache.Find($"{i}")).OfType<CachedPage>().Sum(page => page.Json.Length);
        Assert.InRange(kept, 1, Room);
    }

    [Fact]
    public async Task Equal_questions_at_once_are_found_once()
    {
        using var answers = new SearchAnswers(Room, SearchAnswers.UsualWaiting);
        using var go = new SemaphoreSlim(0);
        var (found, began) = (0, Signal());
        var first = Task.Run(() => answers.OfAsync("q", Find).AsTask(), Ct);
        await began.Task.WaitAsync(Ct);
        var others = Enumerable.Range(0, 20).Select(_ => answers.OfAsync("q", Find).AsTask()).ToList();
        Assert.DoesNotContain(others, other => other.IsCompleted);
        go.Release();
        Assert.Single((await Task.WhenAll([first, .. others])).Distinct());
        Assert.Same(await first, await answers.OfAsync("q", Find));
        Assert.Equal(1, found);

        CachedPage Find()
        {
            Interlocked.Increment(ref found);
            began.TrySetResult();
            go.Wait(Ct);
            return Page("q");
        }
    }

    [Fact]
    public async Task No_more_are_found_at_a_time_than_there_are_cores()
    {
        using var answers = new SearchAnswers(Room, SearchAnswers.UsualWaiting);
        using var go = new SemaphoreSlim(0);
        var cores = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Signal()).ToArray();
        var begun = new ConcurrentBag<int>();
        var busy = cores.Select((began, i) => Task.Run(() => answers.OfAsync($"{i}", () => Find(i)).AsTask(), Ct)).ToList();
        await Task.WhenAll(cores.Select(began => began.Task)).WaitAsync(Ct);
        var next = answers.OfAsync("next", () => Find(cores.Length)).AsTask();
        Assert.Equal(cores.Length, begun.Count);
        go.Release(cores.Length + 1);
        await Task.WhenAll([next, .. busy]);
        Assert.Equal(cores.Length + 1, begun.Count);

        CachedPage Find(int number)
        {
            begun.Add(number);
            if (number < cores.Length) cores[number].SetResult();
            go.Wait(Ct);
            return Page("q");
        }
    }

    [Fact]
    public async Task Who_asks_while_too_many_wait_is_turned_away_and_the_others_are_answered()
    {
        using var answers = new SearchAnswers(Room, Environment.ProcessorCount);
        using var go = new SemaphoreSlim(0);
        var begun = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Signal()).ToArray();
        var busy = begun.Select((began, i) => Task.Run(() => answers.OfAsync($"{i}", () => Find(began)).AsTask(), Ct)).ToList();
        await Task.WhenAll(begun.Select(began => began.Task)).WaitAsync(Ct);
        Assert.Null(await answers.OfAsync("one more", () => Page("one more")));
        var same = answers.OfAsync("0", () => Page("not looked for")).AsTask();
        Assert.False(same.IsCompleted);
        go.Release(begun.Length);
        var answered = await Task.WhenAll(busy.Append(same));
        Assert.All(answered, Assert.NotNull);
        Assert.NotNull(await answers.OfAsync("one more", () => Page("one more")));

        CachedPage Find(TaskCompletionSource began)
        {
            began.SetResult();
            go.Wait(Ct);
            return Page("q");
        }
    }

    [Fact]
    public async Task What_could_not_be_found_is_told_and_asked_for_anew()
    {
        using var answers = new SearchAnswers(Room, SearchAnswers.UsualWaiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => answers.OfAsync("q", () => throw new InvalidOperationException()).AsTask());
        Assert.NotNull(await answers.OfAsync("q", () => Page("q")));
    }

    [Fact]
    public async Task Each_is_answered_for_their_age_and_language_whoever_asked_before()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var tale = Studio.Movie("Dragon Tale");
        tale["rating"] = new JsonObject { ["minimumAge"] = 6 };
        tale["texts"]!["de"] = new JsonObject { ["name"] = "Dragon Sage" };
        await studio.PublishAsync(tale);
        await studio.PublishAsync(Studio.Movie("Dragon War"));
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Kid", isKids = true, maximumAge = 6 }));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(("Dragon Tale|Dragon War", "Dragon Tale|Dragon War"), await AskAsync(portal.Anonymous, "en"));
            Assert.Equal(("Dragon Tale", "Dragon Tale"), await AskAsync(viewer.Browser, "en"));
            Assert.Equal(("Dragon Sage|Dragon War", "Dragon Sage|Dragon War"), await AskAsync(portal.Anonymous, "de"));
        }

        static async Task<(string Found, string Suggested)> AskAsync(HttpClient http, string language) => (
            Names(await http.GetFromJsonAsync<JsonElement>($"/api/search?q=dragon&language={language}", Ct), "items"),
            Names(await http.GetFromJsonAsync<JsonElement>($"/api/search/suggestions?q=dragon&language={language}", Ct), "titles"));
    }

    [Fact]
    public async Task An_edit_is_suggested_at_once()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var id = await studio.PublishAsync(Studio.Movie("A Quiet Afternoon Far Away"));
        Assert.Equal("A Quiet Afternoon Far Away", await SuggestAsync());
        var edited = Studio.Movie("A Quiet Afternoon Far Behind");
        edited["assetId"] = (await studio.GetAsync(id)).Title.GetProperty("content").GetProperty("assetId").GetString();
        (await studio.PutAsync(id, edited)).EnsureSuccessStatusCode();
        Assert.Equal("A Quiet Afternoon Far Behind", await SuggestAsync());

        async Task<string> SuggestAsync() =>
            Names(await portal.Anonymous.GetFromJsonAsync<JsonElement>("/api/search/suggestions?q=a%20quiet%20afternoon%20far", Ct), "titles");
    }

    private static CachedPage Page(string text) => CachedPage.Of(text.PadLeft(400));

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Names(JsonElement answer, string list) =>
        string.Join('|', answer.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
}
