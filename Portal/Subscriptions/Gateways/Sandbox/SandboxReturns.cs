using System.Runtime.CompilerServices;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What comes back: refunds, disputes, and people who leave.</summary>
internal sealed partial class SandboxGateway
{
    public async Task<GatewayRefund> RefundAsync(RefundOrder order, CancellationToken cancellationToken)
    {
        var refund = new GatewayRefund(IdOf("re", order.Key), order.Amount, RefundState.Paid, order.Key);
        var isMine = false;
        var paid = await _payments.UpdateAsync(order.PaymentId, Refunded, cancellationToken) ?? throw Missing(order.PaymentId);
        if (isMine) await events.AddReturnAsync("charge.refunded", order.PaymentId, cancellationToken);
        if (isMine && bank.LosesRefund()) throw new GatewayUnavailableException("The answer was lost, as the bank asks for.");
        return paid.Value.Refunds.First(made => made.Key == order.Key);

        SandboxPayment? Refunded(SandboxPayment now)
        {
            isMine = now.Refunds.All(made => made.Key != order.Key);
            return isMine ? SandboxBack.Refunded(now, refund, time.GetUtcNow()) : null;
        }
    }

    public async Task<GatewayReturns> FindReturnsAsync(string paymentId, CancellationToken cancellationToken) =>
        await _payments.GetAsync(paymentId, cancellationToken) is { Value: var payment } ? new GatewayReturns(payment.Refunds, payment.Disputes) : throw Missing(paymentId);

    public async IAsyncEnumerable<string> ReturnedSinceAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var returned = new DocumentQuery { Filters = [DocumentFilter.AtLeast("returned", since)], Sort = [new("returned")] };
        await foreach (var payment in _payments.QueryAllAsync(returned, cancellationToken)) yield return payment.Id;
    }

    public async Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken)
    {
        await _leavers.InsertAsync(customerId, new SandboxLeaver(time.GetUtcNow()), cancellationToken);
        await _cards.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("customer", customerId)] }, cancellationToken);
    }
}
