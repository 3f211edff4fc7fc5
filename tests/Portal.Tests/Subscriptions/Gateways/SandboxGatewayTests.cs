using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

public sealed class SandboxGatewayTests : PaymentGatewayContract
{
    private protected override Task<GatewayUnderTest> StartAsync() => Task.FromResult<GatewayUnderTest>(new Sandbox());

    private sealed class Sandbox : GatewayUnderTest, ISandboxBank
    {
        private readonly TestDocuments _documents = new();
        private readonly TestCards _cards = new();
        private bool _isLosing;

        public override IPaymentGateway Gateway => new SandboxGateway(_documents.Documents, this, Events, TimeProvider.System);

        public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        private SandboxEvents Events => new(_documents.Documents, TimeProvider.System);

        private SandboxCounter Counter => new(_documents.Documents, Events, TimeProvider.System);

        private SandboxBack Back => new(_documents.Documents, Events, TimeProvider.System);

        public override void LoseNextAnswer() => _isLosing = true;

        public bool LosesRefund()
        {
            var isLost = _isLosing;
            _isLosing = false;
            return isLost;
        }

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

        public override Task<string> RefundThereAsync(string paymentId, Money amount) => Back.RefundAsync(paymentId, amount, RefundState.Pending, Ct);

        public override Task SettleRefundAsync(string paymentId, string refundId, RefundState state) => Back.SettleRefundAsync(paymentId, refundId, state, Ct);

        public override Task<string> DisputeAsync(string paymentId) => Back.DisputeAsync(paymentId, Ct);

        public override Task CloseDisputeAsync(string paymentId, string disputeId, bool isWon) => Back.CloseDisputeAsync(paymentId, disputeId, isWon, Ct);

        public override Task<string> SecretAsync() => Events.SecretAsync(Ct);

        public override ValueTask DisposeAsync() => _documents.DisposeAsync();
    }
}
