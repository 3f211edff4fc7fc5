using FlickStream.Platform.Problems;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Orders refunds for administrators.</summary>
internal sealed class RefundDesk(
    InvoiceStore invoices, LedgerBook ledger, PaymentStore payments, PaymentClerk clerk, IPaymentGateway gateway, AuditLog audit, TimeProvider time)
{
    /// <summary>The refund as it then stands, and whether it was not there before; or why there is none.</summary>
    public async Task<(Refund? Refund, bool IsNew, Problem? Refusal)> OrderAsync(long number, string key, RefundRequest request, HttpContext http)
    {
        if (await invoices.GetAsync(number, http.RequestAborted) is not { } invoice) return (null, false, SubscriptionProblems.InvoiceNotFound);
        if (await ledger.PaymentOfAsync(invoice.BillKey, http.RequestAborted) is not { } paymentId) return (null, false, RefundProblems.NothingPaid);
        if (RefundRules.Refuse(key, request, invoice.Total) is { } unfit) return (null, false, unfit);

        var asked = request.Amount is { } amount ? new Money(amount, invoice.Total.Currency).Rounded() : null;
        Money? told = null;
        while (true)
        {
            var stored = await payments.OpenAsync(paymentId, http.RequestAborted)
                ?? throw new InvalidOperationException($"The payment {paymentId} is not in the books, and its bill is paid.");
            var (order, refusal) = Judge(stored.Value, key, asked);
            if (order != told)
            {
                // Somebody was first, and this one became another, or none.
                if (told is not null) await TellAsync("refund_not_ordered", told);
                // Told first: what is paid back without a word in the log must not be.
                if (order is not null) await TellAsync("refund_ordered", order);
                told = order;
            }

            if (refusal is not null) return (null, false, refusal);
            var now = time.GetUtcNow();
            if (order is null) return (await WorkedAsync(paymentId, key), false, null);
            var next = PaymentMoves.Ordered(stored.Value, new Refund(key, order, request.Reason!.Trim(), now), now);
            if (await payments.ReplaceAsync(stored, next, CancellationToken.None) is not null) return (await WorkedAsync(paymentId, key), true, null);
        }

        Task TellAsync(string action, Money amount) => audit.AddAsync(http, action, $"invoice:{number}", $"{key}: {amount}, {request.Reason}");
    }

    /// <summary>What is to be ordered; neither where it was already.</summary>
    private (Money? Order, Problem? Refusal) Judge(Payment payment, string key, Money? asked)
    {
        if (payment.Refunds.FirstOrDefault(refund => refund.Key == key) is { } same) return (null, asked is null || asked == same.Amount ? null : RefundProblems.Exists);
        if (!payment.IsAt(gateway)) return (null, RefundProblems.ProviderGone);
        var amount = asked ?? payment.Left;
        return amount.Amount <= 0 || amount.Amount > payment.Left.Amount ? (null, RefundProblems.TooMuch) : (amount, null);
    }

    private async Task<Refund> WorkedAsync(string paymentId, string key)
    {
        Payment? payment;
        try
        {
            payment = await clerk.WorkAsync(paymentId, isTold: false, CancellationToken.None);
        }
        catch (GatewayUnavailableException)
        {
            // It is ordered, and made when the provider answers again.
            payment = await payments.GetAsync(paymentId, CancellationToken.None);
        }

        return payment!.Refunds.First(refund => refund.Key == key);
    }
}
