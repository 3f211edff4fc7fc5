using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What comes back of the sandbox's payments without having been ordered here: by somebody at the provider, or by a bank.</summary>
internal sealed class SandboxBack(IDocuments documents, SandboxEvents events, TimeProvider time)
{
    private const decimal Fee = 15;

    private readonly IDocumentSet<SandboxPayment> _payments = documents.Set(SandboxPayment.Schema);

    /// <summary>On the provider's own pages.</summary>
    public async Task<string> RefundAsync(string paymentId, Money amount, RefundState state, CancellationToken stop)
    {
        var refund = new GatewayRefund($"re_{Guid.NewGuid():n}", amount, state, null);
        await ChangeAsync(paymentId, now => Refunded(now, refund, time.GetUtcNow()), "charge.refunded", stop);
        return refund.Id;
    }

    /// <summary>The bank takes it, or, even later, does not.</summary>
    public Task SettleRefundAsync(string paymentId, string refundId, RefundState state, CancellationToken stop) => ChangeAsync(
        paymentId, now => now with { Refunds = [.. now.Refunds.Select(refund => refund.Id == refundId ? refund with { State = state } : refund)] }, "refund.updated", stop);

    /// <summary>A bank takes all that is left of a payment that its owner does not want to have made.</summary>
    /// <exception cref="GatewayRefusedException">Nothing is left, or there was a dispute.</exception>
    public async Task<string> DisputeAsync(string paymentId, CancellationToken stop)
    {
        var id = $"du_{Guid.NewGuid():n}";
        await ChangeAsync(paymentId, Disputed, "charge.dispute.created", stop);
        await events.AddReturnAsync("charge.dispute.funds_withdrawn", paymentId, stop);
        return id;

        SandboxPayment Disputed(SandboxPayment now) => now.Disputes.Count > 0 || LeftOf(now).Amount == 0 ? throw new GatewayRefusedException("Nothing is left.") : now with
        {
            ReturnedAt = time.GetUtcNow(),
            Disputes =
            [
                .. now.Disputes,
                new(id, DisputeState.Open, [new($"txn_{id}_1", LeftOf(now).Negated(), new Money(Fee, now.Amount.Currency).Rounded())]),
            ],
        };
    }

    /// <summary>The bank has decided; what it gives back it gives back without its fee.</summary>
    public async Task CloseDisputeAsync(string paymentId, string disputeId, bool isWon, CancellationToken stop)
    {
        await ChangeAsync(paymentId, now => now with { Disputes = [.. now.Disputes.Select(dispute => dispute.Id == disputeId ? Closed(dispute) : dispute)] }, "charge.dispute.closed", stop);
        if (isWon) await events.AddReturnAsync("charge.dispute.funds_reinstated", paymentId, stop);

        GatewayDispute Closed(GatewayDispute dispute) => isWon
            ? dispute with { State = DisputeState.Won, Moves = [.. dispute.Moves, new($"txn_{disputeId}_2", dispute.Moves[0].Amount.Negated(), null)] }
            : dispute with { State = DisputeState.Lost };
    }

    /// <exception cref="GatewayRefusedException">It is not paid, a bank has it, or less is left.</exception>
    public static SandboxPayment Refunded(SandboxPayment payment, GatewayRefund refund, DateTimeOffset now) =>
        payment.State != PaymentState.Paid ? throw new GatewayRefusedException("It is not paid.") { Code = "payment_intent_unexpected_state" }
        : payment.Disputes.Any(dispute => dispute.State != DisputeState.Won) ? throw new GatewayRefusedException("A bank has it.") { Code = "charge_disputed" }
        : refund.Amount.Amount > LeftOf(payment).Amount ? throw new GatewayRefusedException("Less is left.") { Code = "charge_already_refunded" }
        : payment with { Refunds = [.. payment.Refunds, refund], ReturnedAt = now };

    private static Money LeftOf(SandboxPayment payment) => payment.Amount with
    {
        Amount = payment.Amount.Amount - payment.Refunds.Where(refund => refund.State != RefundState.Failed).Sum(refund => refund.Amount.Amount),
    };

    private async Task ChangeAsync(string paymentId, Func<SandboxPayment, SandboxPayment> change, string type, CancellationToken stop)
    {
        _ = await _payments.UpdateAsync(paymentId, change, stop) ?? throw new InvalidOperationException($"The sandbox knows no {paymentId}.");
        await events.AddReturnAsync(type, paymentId, stop);
    }
}
