using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Gateways;

/// <summary>What came back of a payment, whoever wanted it back.</summary>
internal sealed record GatewayReturns(IReadOnlyList<GatewayRefund> Refunds, IReadOnlyList<GatewayDispute> Disputes);

/// <param name="Key">One refund a key.</param>
/// <param name="Amount">At most what is left of the payment.</param>
internal sealed record RefundOrder(string Key, string PaymentId, string SubscriptionId, Money Amount);

/// <param name="Key">That it was ordered with; null for one that somebody made at the provider.</param>
internal sealed record GatewayRefund(string Id, Money Amount, RefundState State, string? Key);

internal enum RefundState
{
    /// <summary>The money has left; the bank has not taken it yet.</summary>
    Pending,
    Paid,

    /// <summary>The bank would not take it, also after it had: the money is back.</summary>
    Failed,
}

/// <param name="Moves">Of money, in either direction: none while the bank only asks.</param>
internal sealed record GatewayDispute(string Id, DisputeState State, IReadOnlyList<GatewayMove> Moves);

internal enum DisputeState
{
    Open,

    /// <summary>Or taken back, or never more than a question.</summary>
    Won,
    Lost,
}

/// <param name="Amount">Above zero: it came back to us; in the payment's currency.</param>
/// <param name="Fee">Of the provider, below zero where it pays one back; null where there is none, or it is in a currency that is not known here.</param>
internal sealed record GatewayMove(string Id, Money Amount, Money? Fee);
