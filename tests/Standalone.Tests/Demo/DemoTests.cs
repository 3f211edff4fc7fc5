using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlickStream.Standalone.Demo;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Demo;

/// <summary>What a first start shows to somebody who only wants to look.</summary>
public sealed partial class DemoTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    // As little as shows that it works.
    private static readonly Dictionary<string, string> Tiny = new()
    {
        ["Demo__SampleSeconds"] = "2", ["Demo__SampleHeight"] = "144", ["Demo__ClipSeconds"] = "2", ["Demo__ClipHeight"] = "144", ["Demo__Titles"] = "4",
        ["Planning__PerTitle"] = "false",
        ["Accounts__Passwords__MemoryKiB"] = "19456",
    };

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flickstream-demo-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_first_start_that_was_killed_half_way_goes_on_to_a_catalog_that_its_accounts_watch()
    {
        IReadOnlyList<(string Role, string Email, string Password)> accounts;
        await using (var first = await StartAsync())
        {
            // Where one title is there, others are not.
            await UntilAsync(async () => (await TitlesAsync(first)).Count > 0);
            accounts = AccountsIn(first.Output);
            await first.KillAsync();
            Assert.DoesNotContain("The demo catalog is there", first.Output, StringComparison.Ordinal);
        }

        await using var again = await StartAsync();
        await again.LineAsync(line => line.StartsWith("The demo catalog is there", StringComparison.Ordinal), Limit, Ct);
        Assert.Empty(AccountsIn(again.Output));
        Assert.Equal(["viewer", "studio", "admin"], accounts.Select(account => account.Role));
        var titles = await TitlesAsync(again);
        Assert.Equal(["Night Signal", "The Long Sunrise"], titles.Select(NameOf).Order());
        Assert.All(titles, title => Assert.Equal("poster", title.GetProperty("artwork")[0].GetProperty("role").GetString()));
        // The sample, a movie and an episode: none twice.
        Assert.Equal(3, (await again.Client.GetFromJsonAsync<JsonElement>("/api/assets", Ct)).GetProperty("items").GetArrayLength());

        foreach (var (role, email, password) in accounts)
        {
            using var person = await SignInAsync(again, email, password);
            Assert.Equal(role, (await person.GetFromJsonAsync<JsonElement>("/api/session", Ct)).GetProperty("role").GetString());
            if (role == "viewer") await WatchAsync(person, titles.First(title => NameOf(title) == "The Long Sunrise"));
            if (role == "studio") Assert.Equal(2, (await person.GetFromJsonAsync<JsonElement>("/api/assets", Ct)).GetProperty("items").GetArrayLength());
        }

        Assert.Equal(0, await again.StopAsync());
        await NothingIsClearAsync(accounts);
    }

    [Fact]
    public void The_catalog_is_whole()
    {
        var titles = DemoTitle.All;
        var known = new HashSet<string>();
        Assert.All(titles, title =>
        {
            Assert.True(known.Add(title.ExternalId), title.ExternalId);
            Assert.True(title.ParentExternalId is null || known.Contains(title.ParentExternalId), $"{title.ExternalId} comes before what it belongs to");
            Assert.Equal(["de", "en"], ((JsonObject)title.Title["texts"]!).Select(text => text.Key).Order());
        });
        Assert.Equal(
            ["episode 3", "movie 5", "season 2", "series 1"],
            titles.GroupBy(title => (string)title.Title["kind"]!).Select(kind => $"{kind.Key} {kind.Count()}").Order());
        Assert.Single(titles, title => title.ReleaseInDays > 0);
    }

    [Fact]
    public async Task An_empty_start_has_neither_titles_nor_accounts()
    {
        await using var empty = await RunningFlickStream.StartOnAsync(_data.FullName, Tiny, Ct);
        Assert.Empty(await TitlesAsync(empty));
        Assert.Equal(0, (await empty.Client.GetFromJsonAsync<JsonElement>("/api/users", Ct)).GetProperty("items").GetArrayLength());
        Assert.Empty(AccountsIn(empty.Output));
    }

    private Task<RunningFlickStream> StartAsync() => RunningFlickStream.StartOnAsync(_data.FullName, Tiny, Ct, hasDemo: true);

    private static string? NameOf(JsonElement title) => title.GetProperty("name").GetString();

    private static async Task<IReadOnlyList<JsonElement>> TitlesAsync(RunningFlickStream server) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>("/api/titles?language=en", Ct)).GetProperty("items").EnumerateArray()];

    private static IReadOnlyList<(string Role, string Email, string Password)> AccountsIn(string output) =>
        [.. Account().Matches(output).Select(match => (match.Groups["role"].Value, match.Groups["email"].Value, match.Groups["password"].Value))];

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isSo()) await timer.WaitForNextTickAsync(limit.Token);
    }

    private static async Task<HttpClient> SignInAsync(RunningFlickStream server, string email, string password)
    {
        var person = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        person.DefaultRequestHeaders.Add("X-FlickStream", "1");
        var answer = await person.PostAsJsonAsync("/api/session", new { email, password }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        person.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return person;
    }

    private static async Task WatchAsync(HttpClient viewer, JsonElement title)
    {
        var profiles = await viewer.GetFromJsonAsync<JsonElement>("/api/profiles", Ct);
        var profileId = profiles.GetProperty("items")[0].GetProperty("id").GetString();
        (await viewer.PutAsJsonAsync("/api/session/profile", new { profileId }, Ct)).EnsureSuccessStatusCode();
        var answer = await viewer.PostAsJsonAsync($"/api/titles/{title.GetProperty("id").GetString()}/play", new { }, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        var play = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.StartsWith("#EXTM3U", await viewer.GetStringAsync(play.GetProperty("hls").GetString(), Ct), StringComparison.Ordinal);
    }

    private async Task NothingIsClearAsync(IReadOnlyList<(string Role, string Email, string Password)> accounts)
    {
        foreach (var file in _data.EnumerateFiles("documents*"))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Ct));
            Assert.All(accounts, account => Assert.DoesNotContain(account.Password, text, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("^  (?<role>viewer|studio|admin) +(?<email>\\S+@\\S+) +(?<password>[a-z2-9]{4}(-[a-z2-9]{4}){3})\\r?$", RegexOptions.Multiline)]
    private static partial Regex Account();
}
