using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Tests.Subscriptions.Gateways;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What becomes of subscriptions while their provider is away, or refuses.</summary>
public sealed class ProviderTests : IAsyncDisposable
{
    private const string Ann = "account0";
    private static readonly Uri Site = new("https://watch.example.org/account/subscription");

    private readonly TestDocuments _storage = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly BrokenGateway _gateway;
    private readonly Node _node;

    public ProviderTests()
    {
        var events = new SandboxEvents(_storage.Documents, _clock);
        _gateway = new BrokenGateway(new SandboxGateway(_storage.Documents, new TestCards(), events, _clock));
        _node = new Node(_storage.Documents, _gateway, events, new EphemeralDataProtectionProvider(), _clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_provider_is_away_another_choice_is_asked_to_wait()
    {
        await RegisterAsync();
        var first = (await ChooseAsync("basic")).Subscription!;
        _gateway.Fault = _ => new GatewayUnavailableException("It is away.");
        Assert.Equal(SubscriptionProblems.PaymentsUnavailable, (await ChooseAsync("premium")).Refusal);
        _gateway.Fault = _ => null;
        var second = (await ChooseAsync("premium")).Subscription!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotNull(second.Checkout?.Id);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private async Task RegisterAsync() => await new AccountStore(_storage.Documents).AddAsync(
        new Account { Id = Ann, Email = "ann@example.org", EmailKey = "ann@example.org", PasswordHash = "", TimeZone = "UTC", CreatedAt = _clock.GetUtcNow() }, Ct);

    private async Task<(Subscription? Subscription, Platform.Problems.Problem? Refusal)> ChooseAsync(string planId)
    {
        var (subscription, _, refusal) = await _node.Checkouts.BeginAsync(Ann, new SubscribeRequest(planId, "USD"), Site, Ct);
        return (subscription, refusal);
    }
}
