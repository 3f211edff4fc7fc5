using FlickStream.Platform.Problems;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Orders refunds for administrators.</summary>
internal sealed class RefundDesk(InvoiceStore invoices, LedgerBook ledger, PaymentStore payments, PaymentClerk clerk, AuditLog audit, TimeProvider time)
{
    /// <summary>The refund as it then stands, and whether it was not there before; or why there is none.</summary>
    public async Task<(Refund? Refund, bool IsNew, Problem? Refusal)> OrderAsync(long number, string key, RefundRequest request, HttpContext http)
    {
        if (await invoices.GetAsync(number, http.RequestAborted) is not { } invoice) return (null, false, SubscriptionProblems.InvoiceNotFound);
        if (await ledger.PaymentOfAsync(invoice.BillKey, http.RequestAborted) is not { } paymentId) return (null, false, RefundProblems.NothingPaid);
        if (RefundRules.Refuse(key, request, invoice.Total) is { } unfit) return (null, false, unfit);

        var (isNew, isTold) = (false, false);
        while (await payments.OpenAsync(paymentId, http.RequestAborted) is { } stored)
        {
            if (stored.Value.Refunds.FirstOrDefault(refund => refund.Key == key) is { } same)
            {
                if (request.Amount is { } other && other != same.Amount.Amount) return (null, false, RefundProblems.Exists);
                break;
            }

            var amount = request.Amount is { } asked ? new Money(asked, invoice.Total.Currency).Rounded() : stored.Value.Left;
            if (amount.Amount <= 0 || amount.Amount > stored.Value.Left.Amount) return (null, false, RefundProblems.TooMuch);
            // Told first: what is paid back without a word in the log must not be.
            if (!isTold) await audit.AddAsync(http, "refund_ordered", $"invoice:{number}", $"{key}: {amount}, {request.Reason}");
            isTold = true;
            var refund = new Refund(key, amount, request.Reason!.Trim(), time.GetUtcNow());
            if (await payments.ReplaceAsync(stored, PaymentMoves.Ordered(stored.Value, refund, time.GetUtcNow()), CancellationToken.None) is null) continue;
            isNew = true;
            break;
        }

        var now = await WorkedAsync(paymentId);
        return (now.Refunds.First(refund => refund.Key == key), isNew, null);
    }

    private async Task<Payment> WorkedAsync(string paymentId)
    {
        try
        {
            return (await clerk.WorkAsync(paymentId, isTold: false, CancellationToken.None))!;
        }
        catch (GatewayUnavailableException)
        {
            // It is ordered, and made when the provider answers again.
            return (await payments.GetAsync(paymentId, CancellationToken.None))!;
        }
    }
}
