using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Stripe;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>Stripe's own client against a server of ours that answers as Stripe does.</summary>
public sealed class StripeGatewayTests : PaymentGatewayContract
{
    private protected override async Task<GatewayUnderTest> StartAsync() => await StripeLike.StartAsync();

    [Fact]
    public async Task What_Stripe_refuses_is_told_by_its_code()
    {
        await using var provider = await StartAsync();
        var little = new Money(0.33m, "USD");
        var prepared = await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.PreparePaymentAsync(new PaymentOrder("p", "1", "cus_1", little, "Premium"), Ct));
        Assert.Equal("amount_too_small", prepared.Code);
        var order = new CheckoutOrder("c", "1", "ann@example.org", little, "Premium", null, new Uri("https://watch.example.org"), provider.Now.AddHours(20));
        Assert.Equal("amount_too_small", (await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.OpenCheckoutAsync(order, Ct))).Code);
        await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.OpenCheckoutAsync(order with { Amount = Currencies.LeastCharge("USD") }, Ct));
        var opened = order with { Key = "d", Amount = Currencies.LeastCharge("USD") };
        Assert.Equal(CheckoutState.Open, (await provider.Gateway.OpenCheckoutAsync(opened, Ct)).State);
        await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.OpenCheckoutAsync(order with { Key = "e", ExpiresAt = provider.Now }, Ct));
    }

    private sealed class StripeLike : GatewayUnderTest
    {
        private const string Secret = "whsec_test";

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-stripe-");
        private readonly StripeLikeServer _server = new();
        private StripeConnection _connection = null!;

        public override IPaymentGateway Gateway => new StripeGateway(_connection, TimeProvider.System);

        public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public static async Task<StripeLike> StartAsync()
        {
            var started = new StripeLike();
            await started._server.StartAsync();
            var (key, secret) = (Path.Combine(started._folder.FullName, "key"), Path.Combine(started._folder.FullName, "secret"));
            await File.WriteAllTextAsync(key, $"{StripeLikeServer.Key}\n", Ct);
            await File.WriteAllTextAsync(secret, $"{Secret}\n", Ct);
            started._connection = new StripeConnection(Options.Create(new StripeOptions { KeyFile = key, WebhookSecretFile = secret, ApiBase = started._server.Address }));
            return started;
        }

        public override void LoseNextAnswer() => _server.LosesNextAnswer = true;

        public override Task PayAsync(string checkoutId, string card)
        {
            _server.Pay(checkoutId, card);
            return Task.CompletedTask;
        }

        public override Task AuthenticateAsync(string paymentId, bool isShown)
        {
            _server.Authenticate(paymentId, isShown);
            return Task.CompletedTask;
        }

        public override Task<int> ChargesAsync(string paymentId) => Task.FromResult(_server.ChargesOf(paymentId));

        public override Task<string> RefundThereAsync(string paymentId, Money amount) => Task.FromResult(_server.Back.Refund(paymentId, amount.ToMinor(), "pending", null));

        public override Task SettleRefundAsync(string paymentId, string refundId, RefundState state)
        {
            _server.Back.Settle(refundId, state == RefundState.Paid ? "succeeded" : "failed");
            return Task.CompletedTask;
        }

        public override Task<string> DisputeAsync(string paymentId) => Task.FromResult(_server.Back.Dispute(paymentId));

        public override Task CloseDisputeAsync(string paymentId, string disputeId, bool isWon)
        {
            _server.Back.Close(disputeId, isWon);
            return Task.CompletedTask;
        }

        public override Task<string> SecretAsync() => Task.FromResult(Secret);

        public override async ValueTask DisposeAsync()
        {
            _connection.Dispose();
            await _server.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
