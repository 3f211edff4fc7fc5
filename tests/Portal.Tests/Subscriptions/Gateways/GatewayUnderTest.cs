using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>A provider, and what people and banks do there.</summary>
internal abstract class GatewayUnderTest : IAsyncDisposable
{
    public abstract IPaymentGateway Gateway { get; }

    /// <summary>The next answer is lost after what was asked is done.</summary>
    public abstract void LoseNextAnswer();

    /// <summary>Gives a card on the page of a checkout.</summary>
    public abstract Task PayAsync(string checkoutId, string card);

    /// <summary>Shows the bank who it is, or fails to.</summary>
    public abstract Task AuthenticateAsync(string paymentId, bool isShown);

    /// <summary>How often money moved for a payment.</summary>
    public abstract Task<int> ChargesAsync(string paymentId);

    /// <summary>Pays back on the provider's own pages; the refund's id.</summary>
    public abstract Task<string> RefundThereAsync(string paymentId, Money amount);

    /// <summary>The bank takes a refund, or does not.</summary>
    public abstract Task SettleRefundAsync(string paymentId, string refundId, RefundState state);

    /// <summary>A bank takes the payment back while it decides; the dispute's id.</summary>
    public abstract Task<string> DisputeAsync(string paymentId);

    public abstract Task CloseDisputeAsync(string paymentId, string disputeId, bool isWon);

    public abstract Task<string> SecretAsync();

    public abstract DateTimeOffset Now { get; }

    public abstract ValueTask DisposeAsync();
}
