using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Who wants money back: people of ours at the provider and here, and banks. What they begin they finish some weeks later.</summary>
/// <param name="lost">Told whose dispute is lost.</param>
internal sealed class MoneyBack(IReadOnlyList<Node> nodes, SandboxBack back, Fate fate, TimeProvider time, Action<SandboxPayment> lost)
{
    private readonly List<SandboxPayment> _paid = [];
    private readonly List<(DateTimeOffset At, Func<Task> Do)> _later = [];
    private readonly Lock _lock = new();
    private int _orders;

    public Dictionary<string, int> Counts { get; } = [];

    public void Paid(SandboxPayment payment)
    {
        lock (_lock) _paid.Add(payment);
    }

    /// <param name="isQuiet">Nothing begins any more.</param>
    /// <param name="each">How many begin an hour.</param>
    public async Task HourAsync(bool isQuiet, double each)
    {
        var now = time.GetUtcNow();
        foreach (var due in _later.Where(later => later.At <= now).ToList())
        {
            _later.Remove(due);
            await due.Do();
        }

        if (isQuiet || _paid.Count == 0 || !fate.Chance(each)) return;
        // Of what was paid lately.
        var payment = _paid[^(1 + (int)(fate.Next() * Math.Min(_paid.Count, 200)))];
        try
        {
            await (fate.Next() switch
            {
                < 0.25 => RefundThereAsync(payment, PartOf(payment)),
                < 0.35 => RefundThereAsync(payment, payment.Amount),
                < 0.7 => RefundHereAsync(payment),
                _ => DisputeAsync(payment),
            });
        }
        catch (GatewayRefusedException)
        {
            Count("refused");
        }
    }

    private async Task RefundThereAsync(SandboxPayment payment, Money amount)
    {
        var refundId = await back.RefundAsync(payment.Id, amount, fate.Chance(0.5) ? RefundState.Paid : RefundState.Pending, CancellationToken.None);
        Count("refunds there");
        var state = fate.Chance(0.8) ? RefundState.Paid : RefundState.Failed;
        Later(5, () => back.SettleRefundAsync(payment.Id, refundId, state, CancellationToken.None));
    }

    private async Task RefundHereAsync(SandboxPayment payment)
    {
        if (await nodes[0].Ledger.FindPaidAsync(payment.Id, CancellationToken.None) is not { } paid
            || await nodes[0].Invoices.OfBillAsync(LedgerBook.BillKeyOf(paid), CancellationToken.None) is not { } invoice) return;
        var (key, request) = ($"order-{++_orders}", new RefundRequest("Could not watch.", fate.Chance(0.5) ? PartOf(payment).Amount : null));
        var http = Support.Request();
        while (true)
        {
            try
            {
                var (refund, _, _) = await fate.Pick(nodes).Refunds.OrderAsync(invoice.Number, key, request, http);
                Count(refund is { IsWaiting: true } ? "refunds here that wait" : refund?.RefundId is null ? "refused" : "refunds here");
                return;
            }
            catch (NodeKilledException)
            {
                // They press the button again.
            }
        }
    }

    private async Task DisputeAsync(SandboxPayment payment)
    {
        if (await nodes[0].Ledger.FindPaidAsync(payment.Id, CancellationToken.None) is null) return;
        var (disputeId, isWon) = (await back.DisputeAsync(payment.Id, CancellationToken.None), fate.Chance(0.5));
        Count(isWon ? "disputes won" : "disputes lost");
        Later(25, async () =>
        {
            await back.CloseDisputeAsync(payment.Id, disputeId, isWon, CancellationToken.None);
            if (!isWon) lost(payment);
        });
    }

    private Money PartOf(SandboxPayment payment)
    {
        var coins = PriceList.CoinsOf(payment.Amount.Amount, payment.Amount.Currency);
        return Money.OfMinor(1 + (long)(fate.Next() * (coins - 1)), payment.Amount.Currency);
    }

    private void Later(double days, Func<Task> what) => _later.Add((time.GetUtcNow() + TimeSpan.FromDays(days * fate.Next()), what));

    private void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;
}
