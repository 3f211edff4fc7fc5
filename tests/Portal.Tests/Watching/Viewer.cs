using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>What somebody who watches does.</summary>
internal static class Viewer
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As the first profile, or another.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> EnterAsync(this Person person, string? profileId = null)
    {
        profileId ??= (await person.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PutAsJsonAsync("/api/session/profile", new { profileId }, Ct)).StatusCode);
        return profileId;
    }

    /// <summary>Another profile of the account, which the session does not act as yet.</summary>
    public static async Task<string> ProfileAsync(this Person person, object content)
    {
        var made = await person.PostAsync("/api/profiles", content);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    public static Task<HttpResponseMessage> AskToPlayAsync(this Person person, string title, string? replaces = null) =>
        person.PostAsync($"/api/titles/{title}/play", new { replaces });

    public static async Task<JsonElement> PlayAsync(this Person person, string title, string? replaces = null)
    {
        var answer = await person.AskToPlayAsync(title, replaces);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>Plays from where it begins to a position, and closes the player.</summary>
    public static async Task WatchAsync(this Person person, PortalHost portal, string title, double seconds)
    {
        var play = await person.PlayAsync(title);
        var from = play.GetProperty("positionSeconds").GetDouble();
        portal.Clock.Advance(TimeSpan.FromSeconds(Math.Max(3, seconds - from)));
        await person.BeatAsync(play, seconds, "closed");
    }

    /// <summary>As a page's last word: without session, and without a header of ours.</summary>
    public static Task<HttpResponseMessage> AskToBeatAsync(PortalHost portal, object body) => portal.Anonymous.PostAsJsonAsync("/api/streams/heartbeat", body, Ct);

    public static async Task BeatAsync(this Person person, JsonElement play, double positionSeconds, string state = "playing")
    {
        var answer = await person.PostAsync("/api/streams/heartbeat", new { token = play.GetProperty("token").GetString(), positionSeconds, state });
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(Ct));
    }

    public static Task<JsonElement> ReadAsync(this Person person, string path) => person.Browser.GetFromJsonAsync<JsonElement>(path, Ct);

    /// <summary>The items of a list.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(this Person person, string path) =>
        [.. (await person.ReadAsync(path)).GetProperty("items").EnumerateArray()];

    /// <summary>Where a profile would go on, and what it sees as to be continued.</summary>
    public static async Task<IReadOnlyList<(string Title, double Position, bool IsNext)>> ContinuedAsync(this Person person) =>
    [
        .. (await person.ListAsync("/api/continue-watching")).Select(item =>
            (item.GetProperty("title").GetProperty("id").GetString()!, item.GetProperty("positionSeconds").GetDouble(), item.GetProperty("isNext").GetBoolean())),
    ];
}
