using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What a person does with their subscription.</summary>
internal static class Subscriber
{
    public const string Good = "4242424242424242";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Chooses a plan, pays with a card and comes back; the subscription as it then is.</summary>
    public static async Task<JsonElement> SubscribeAsync(this Person person, string planId, string currency = "USD", string card = Good, string? promoCode = null)
    {
        var begun = await person.BeginAsync(planId, currency, promoCode);
        Assert.Equal(HttpStatusCode.OK, (await person.PayAsync(begun, card)).StatusCode);
        return await person.RefreshAsync();
    }

    /// <summary>Chooses a plan, and does not pay yet.</summary>
    public static async Task<JsonElement> BeginAsync(this Person person, string planId, string currency = "USD", string? promoCode = null)
    {
        var answer = await person.PostAsync("/api/subscription", new { planId, currency, promoCode });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>On the page of the checkout that is open.</summary>
    public static Task<HttpResponseMessage> PayAsync(this Person person, JsonElement subscription, string card = Good, bool isAuthenticated = false) =>
        person.PostAsync($"/api{new Uri(subscription.GetProperty("checkoutUrl").GetString()!).AbsolutePath}", new { card, isAuthenticated });

    public static async Task<JsonElement> RefreshAsync(this Person person)
    {
        var answer = await person.PostAsync("/api/subscription/refresh", new { });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    public static Task<JsonElement> SubscriptionAsync(this Person person) => person.Browser.GetFromJsonAsync<JsonElement>("/api/subscription", Ct);
}
