using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Reviews;

/// <summary>What somebody who reviews does.</summary>
internal static class Reviewer
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Somebody with an account and, if asked for, a public name.</summary>
    public static async Task<Person> ReviewerAsync(this PortalHost portal, string? name = null)
    {
        var person = await Person.RegisteredAsync(portal);
        await person.EnterAsync();
        if (name is not null) Assert.Equal(HttpStatusCode.OK, (await person.NameAsync(name)).StatusCode);
        return person;
    }

    public static Task<HttpResponseMessage> NameAsync(this Person person, string name) => person.Browser.PutAsJsonAsync("/api/reviews/name", new { name }, Ct);

    public static Task<HttpResponseMessage> AskToReviewAsync(this Person person, string title, int? rating, string? text = null) =>
        person.Browser.PutAsJsonAsync($"/api/titles/{title}/review", new { rating, text }, Ct);

    public static async Task<JsonElement> ReviewAsync(this Person person, string title, int rating, string? text = null)
    {
        var answer = await person.AskToReviewAsync(title, rating, text);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    public static Task<HttpResponseMessage> ReportAsync(this Person person, string review, string reason = "abuse") =>
        person.PostAsync($"/api/reviews/{review}/report", new { reason });

    public static async Task<JsonElement> OwnAsync(this Person person, string title) => await person.ReadAsync($"/api/titles/{title}/review");

    /// <summary>What others read of a title.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(this PortalHost portal, string title, string query = "") =>
    [
        .. (await portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}/reviews{query}", Ct)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("text").GetString()!),
    ];

    /// <summary>How it is rated: the number, the mean, and how many gave each.</summary>
    public static async Task<string> RatingAsync(this PortalHost portal, string title)
    {
        var rating = await portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}/rating", Ct);
        return $"{rating.GetProperty("count")} {rating.GetProperty("mean")} {rating.GetProperty("distribution")}";
    }

    public static string Id(this JsonElement answer) => answer.GetProperty("id").GetString()!;
}
