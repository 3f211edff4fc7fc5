using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Whether the books have what the provider has, once all has come to rest.</summary>
internal static class BackInTheBooks
{
    public static void AssertBalances(IReadOnlyList<Posting> balance, List<SandboxPayment> payments, BillingWorld world)
    {
        var open = world.Latest.Values.Where(stored => stored.Value.Bill is { Purpose: not BillPurpose.First }).Select(stored => stored.Value.Bill!.Total).ToList();
        foreach (var currency in balance.GroupBy(posting => posting.Amount.Currency))
        {
            var paid = payments.Where(payment => payment.State == PaymentState.Paid && payment.Amount.Currency == currency.Key).ToList();
            var moves = paid.SelectMany(payment => payment.Disputes).SelectMany(dispute => dispute.Moves).ToList();
            var (refunds, lost, fees) = (paid.Sum(RefundedOf), paid.Sum(LostOf), moves.Sum(move => move.Fee?.Amount ?? 0));
            Assert.Equal(0, currency.Sum(posting => posting.Amount.Amount));
            Assert.Equal(paid.Sum(payment => payment.Amount.Amount) - refunds + moves.Sum(move => move.Amount.Amount) - fees, Of("cash:sandbox"));
            Assert.Equal((refunds, lost, fees, 0m), (Of("refunds"), Of("chargebacks"), Of("fees"), Of("disputes")));
            Assert.Equal(open.Where(total => total.Currency == currency.Key).Sum(total => total.Amount), Of("receivable"));

            decimal Of(string account) => currency.SingleOrDefault(posting => posting.Account == account)?.Amount.Amount ?? 0;
        }
    }

    /// <summary>Each invoice is credited by what came back of its payment, and no order was carried out twice.</summary>
    public static void AssertCredits(List<SandboxPayment> payments, List<LedgerEntry> entries, List<Invoice> invoices, List<CreditNote> notes)
    {
        Assert.Equal(Enumerable.Range(1, notes.Count).Select(number => (long)number), notes.Select(note => note.Number).Order());
        var billOf = entries.Where(entry => LedgerBook.PaidOf(entry) is not null).ToDictionary(entry => entry.PaymentId!, LedgerBook.BillKeyOf);
        var numberOf = invoices.ToDictionary(invoice => invoice.BillKey, invoice => invoice.Number);
        var credited = notes.GroupBy(note => note.InvoiceNumber).ToDictionary(group => group.Key, group => group.Sum(note => note.Amount.Amount));
        foreach (var payment in payments.Where(payment => payment.State == PaymentState.Paid))
            Assert.Equal(RefundedOf(payment) + LostOf(payment), credited.GetValueOrDefault(numberOf[billOf[payment.Id]]));
        Assert.All(payments, payment => Assert.Equal(
            payment.Refunds.Count(refund => refund.Key is not null), payment.Refunds.Select(refund => refund.Key).OfType<string>().Distinct().Count()));
    }

    private static decimal RefundedOf(SandboxPayment payment) => payment.Refunds.Where(refund => refund.State != RefundState.Failed).Sum(refund => refund.Amount.Amount);

    private static decimal LostOf(SandboxPayment payment) =>
        -payment.Disputes.Where(dispute => dispute.State == DisputeState.Lost).SelectMany(dispute => dispute.Moves).Sum(move => move.Amount.Amount);
}
