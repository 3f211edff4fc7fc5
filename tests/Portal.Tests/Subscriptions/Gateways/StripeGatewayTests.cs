using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Stripe;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>Stripe's own client against a server of ours that answers as Stripe does.</summary>
public sealed class StripeGatewayTests : PaymentGatewayContract
{
    private protected override async Task<GatewayUnderTest> StartAsync() => await StripeLike.StartAsync();

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

        public override Task<string> SecretAsync() => Task.FromResult(Secret);

        public override async ValueTask DisposeAsync()
        {
            _connection.Dispose();
            await _server.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
