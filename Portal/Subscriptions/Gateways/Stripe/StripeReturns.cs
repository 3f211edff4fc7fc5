using System.Runtime.CompilerServices;
using FlickStream.Portal.Subscriptions.Prices;
using Stripe;

namespace FlickStream.Portal.Subscriptions.Gateways.Stripe;

/// <summary>What comes back: refunds, disputes, and people who leave.</summary>
internal sealed partial class StripeGateway
{
    private const string RefundKey = "refund";

    public Task<GatewayRefund> RefundAsync(RefundOrder order, CancellationToken cancellationToken) => connection.CallAsync(async client =>
        SeenOf(await new RefundService(client).CreateAsync(
            new RefundCreateOptions
            {
                PaymentIntent = order.PaymentId, Amount = order.Amount.ToMinor(), Metadata = new(StripeForms.About(order.SubscriptionId)) { [RefundKey] = order.Key },
            },
            Keyed(order.Key), cancellationToken)));

    public Task<GatewayReturns> FindReturnsAsync(string paymentId, CancellationToken cancellationToken) => connection.CallAsync(async client =>
    {
        var (refunds, disputes) = (new List<GatewayRefund>(), new List<GatewayDispute>());
        await foreach (var refund in new RefundService(client).ListAutoPagingAsync(new RefundListOptions { PaymentIntent = paymentId }, cancellationToken: cancellationToken))
            refunds.Add(SeenOf(refund));
        await foreach (var dispute in new DisputeService(client).ListAutoPagingAsync(new DisputeListOptions { PaymentIntent = paymentId }, cancellationToken: cancellationToken))
            disputes.Add(SeenOf(dispute));
        return new GatewayReturns(refunds, disputes);
    });

    public async IAsyncEnumerable<string> ReturnedSinceAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var created = new DateRangeOptions { GreaterThanOrEqual = since.UtcDateTime };
        var found = await connection.CallAsync(async client =>
        {
            var ids = new HashSet<string>();
            await foreach (var refund in new RefundService(client).ListAutoPagingAsync(new RefundListOptions { Created = created }, cancellationToken: cancellationToken))
                if (refund.PaymentIntentId is { } id) ids.Add(id);
            await foreach (var dispute in new DisputeService(client).ListAutoPagingAsync(new DisputeListOptions { Created = created }, cancellationToken: cancellationToken))
                if (dispute.PaymentIntentId is { } id) ids.Add(id);
            return ids;
        });
        foreach (var id in found) yield return id;
    }

    public Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken) => connection.CallAsync(
        async client => (await new CustomerService(client).DeleteAsync(customerId, cancellationToken: cancellationToken)).Deleted,
        // One that is gone is no longer found.
        fault => fault.StripeError.Code == "resource_missing" ? Task.FromResult<bool?>(true) : throw StripeConnection.Refusal(fault));

    private static GatewayRefund SeenOf(global::Stripe.Refund refund) => new(
        refund.Id, Money.OfMinor(refund.Amount, refund.Currency.ToUpperInvariant()),
        refund.Status switch { "succeeded" => RefundState.Paid, "failed" or "canceled" => RefundState.Failed, _ => RefundState.Pending },
        refund.Metadata?.GetValueOrDefault(RefundKey));

    private static GatewayDispute SeenOf(Dispute dispute) => new(
        dispute.Id,
        dispute.Status switch { "lost" => DisputeState.Lost, "won" or "warning_closed" or "prevented" => DisputeState.Won, _ => DisputeState.Open },
        [.. (dispute.BalanceTransactions ?? []).Select(move => MoveOf(dispute, move))]);

    private static GatewayMove MoveOf(Dispute dispute, BalanceTransaction move)
    {
        // Stripe counts in the currency that it settles in; the books are in the payment's.
        var minor = move.Currency == dispute.Currency ? move.Amount : Math.Sign(move.Amount) * dispute.Amount;
        var currency = move.Currency.ToUpperInvariant();
        return new GatewayMove(
            move.Id, Money.OfMinor(minor, dispute.Currency.ToUpperInvariant()), move.Fee != 0 && Currencies.IsKnown(currency) ? Money.OfMinor(move.Fee, currency) : null);
    }
}
