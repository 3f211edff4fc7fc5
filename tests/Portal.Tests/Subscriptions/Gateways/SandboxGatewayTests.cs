using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

public sealed class SandboxGatewayTests : PaymentGatewayContract
{
    private protected override async Task<GatewayUnderTest> StartAsync() => new Sandbox(await PortalHost.StartAsync());

    private sealed class Sandbox(PortalHost portal) : GatewayUnderTest, ISandboxBank
    {
        private readonly TestCards _cards = new();
        private bool _isLosing;

        public override IPaymentGateway Gateway => new SandboxGateway(Documents, this, Events, portal.Clock);

        public override DateTimeOffset Now => portal.Clock.GetUtcNow();

        private IDocuments Documents => portal.Services.GetRequiredService<IDocuments>();

        private SandboxEvents Events => portal.Services.GetRequiredService<SandboxEvents>();

        private SandboxCounter Counter => portal.Services.GetRequiredService<SandboxCounter>();

        public override void LoseNextAnswer() => _isLosing = true;

        public BankAnswer Ask(string card, string paymentId, bool isOwnerPresent)
        {
            var answer = _cards.Ask(card, paymentId, isOwnerPresent) with { IsLost = _isLosing };
            _isLosing = false;
            return answer;
        }

        public override async Task PayAsync(string checkoutId, string card) => await Counter.PayAsync((await Counter.FindCheckoutAsync(checkoutId, Ct))!, card, Ct);

        public override async Task AuthenticateAsync(string paymentId, bool isShown) =>
            await Counter.AuthenticateAsync((await Counter.FindPaymentAsync(paymentId, Ct))!, isShown, Ct);

        public override async Task<int> ChargesAsync(string paymentId) => await Counter.FindPaymentAsync(paymentId, Ct) is { State: PaymentState.Paid } ? 1 : 0;

        public override Task<string> SecretAsync() => Events.SecretAsync(Ct);

        public override ValueTask DisposeAsync() => portal.DisposeAsync();
    }
}
