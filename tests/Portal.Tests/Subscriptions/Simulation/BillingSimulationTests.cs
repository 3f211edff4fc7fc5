using System.Diagnostics;
using System.Globalization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Two years of billing. <c>BILLING_ACCOUNTS</c> and <c>BILLING_SEED</c> make it larger and another.</summary>
public sealed class BillingSimulationTests
{
    private const int Hours = 730 * 24;
    private const int QuietHours = 24 * 30;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_charged_twice_or_for_nothing_and_everybody_may_watch_what_is_paid()
    {
        var (accounts, seed) = (Setting("BILLING_ACCOUNTS", 12), Setting("BILLING_SEED", 7));
        var began = Stopwatch.GetTimestamp();
        await using var world = new BillingWorld(seed);
        await world.FillAsync(accounts);
        for (var hour = 0; hour < Hours && world.Verdict.Wrong.Count == 0; hour++) await world.HourAsync(isQuiet: false);

        // At the end all is let come to rest.
        world.Fate.IsKind = true;
        for (var hour = 0; hour < QuietHours && world.Verdict.Wrong.Count == 0; hour++) await world.HourAsync(isQuiet: true);
        Assert.True(world.Verdict.Wrong.Count == 0, string.Join('\n', world.Verdict.Wrong));
        await TellAsync(world, accounts, Stopwatch.GetElapsedTime(began));

        var payments = await AllAsync(world, SandboxPayment.Schema);
        var entries = await AllAsync(world, LedgerEntry.Schema);
        var invoices = await AllAsync(world, Invoice.Schema);
        AssertEachChargeIsBookedOnce([.. payments.Where(payment => payment.State == PaymentState.Paid)], entries, invoices);
        var read = await world.Nodes[0].Balances.ReadAsync(Ct);
        Assert.Equal(LedgerMonth.Sum(entries.SelectMany(entry => entry.Postings)), read.Sums);
        Assert.All(read.Months, month => Assert.Null(month.Wrong));
        Assert.Contains(read.Months, month => month.CheckedAt is not null);
        BackInTheBooks.AssertBalances(read.Sums, payments, world);
        BackInTheBooks.AssertCredits(payments, entries, invoices, await AllAsync(world, CreditNote.Schema));
        Assert.All(PriceList.Promotions, code => Assert.True(world.Customers.Count(customer => customer.Codes.Contains(code.Code)) <= (code.Limit ?? int.MaxValue), code.Code));
        Assert.Equal(Enumerable.Range(1, invoices.Count).Select(number => (long)number), invoices.Select(invoice => invoice.Number).Order());
        AssertPeriodsFollowEachOther(invoices, world);
        Assert.All(world.Carrier.Reminders, reminder => Assert.Equal(1, reminder.Value));
        AssertReminded(world);
        Assert.True(world.Verdict.PassedOver < world.Verdict.Compared / 20, "too much is passed over");
    }

    private static void AssertEachChargeIsBookedOnce(List<SandboxPayment> paid, List<LedgerEntry> entries, List<Invoice> invoices)
    {
        var all = entries.Where(entry => entry.Id.EndsWith(":paid", StringComparison.Ordinal)).ToList();
        var booked = all.Where(entry => entry.PaymentId is not null).ToDictionary(entry => entry.PaymentId!);
        Assert.Equal(paid.Select(payment => payment.Id).Order(), booked.Keys.Order());
        Assert.All(paid, payment => Assert.Equal(payment.Amount, booked[payment.Id].Postings[0].Amount));
        Assert.Equal(all.Select(entry => entry.Id).Order(), invoices.Select(invoice => $"{invoice.BillKey}:paid").Order());
    }

    /// <summary>No day is paid for twice, but for those that a lost dispute gave back.</summary>
    private static void AssertPeriodsFollowEachOther(List<Invoice> invoices, BillingWorld world)
    {
        foreach (var account in invoices.Where(invoice => !invoice.BillKey.Contains(":upgrade:", StringComparison.Ordinal)).GroupBy(invoice => invoice.AccountId))
        {
            var end = DateTimeOffset.MinValue;
            foreach (var invoice in account.OrderBy(invoice => invoice.PeriodStart))
            {
                Assert.True(invoice.PeriodStart >= end, $"{account.Key} pays twice for {invoice.PeriodStart}");
                end = world.Latest[invoice.SubscriptionId].Value.EndedAt is { } ended && ended < invoice.PeriodEnd ? ended : invoice.PeriodEnd;
            }
        }
    }

    /// <summary>Every renewal of somebody who was of one mind for the days before it was announced.</summary>
    private static void AssertReminded(BillingWorld world)
    {
        var told = world.Carrier.Reminders.Keys.Select(letter => (letter.To, Date: letter.Text.Split(' ')[1])).ToHashSet();
        Assert.True(told.Count > 0);
        foreach (var customer in world.Customers)
        {
            foreach (var end in customer.Oracle?.Renewed.Where(end => customer.Oracle.ChangedMindAt < end - TimeSpan.FromDays(5)) ?? [])
            {
                var date = TimeZoneInfo.ConvertTime(end, customer.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                Assert.Contains(($"{customer.AccountId}@example.org", date), told);
            }
        }
    }

    private static async Task TellAsync(BillingWorld world, int accounts, TimeSpan took)
    {
        var balance = (await world.Nodes[0].Balances.ReadAsync(Ct)).Sums;
        var states = string.Join(", ", world.Latest.Values.GroupBy(stored => stored.Value.State).Select(group => $"{group.Count()} {group.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {accounts} accounts, 24 months, {took.TotalSeconds:F0} s: {world.Crowd.Acts} acts, {world.Crowd.Leavers.Left} left, {world.Crowd.Leavers.Stayed} stayed, {world.Fate.Kills} nodes killed, {world.Fate.LostAnswers} calls lost
            subscriptions: {states}
            charges: {string.Join(", ", world.Verdict.Charges.Select(charge => $"{charge.Value} {charge.Key}"))}
            back: {string.Join(", ", world.Back.Counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"))}
            codes: {string.Join(", ", PriceList.Promotions.Select(code => $"{world.Customers.Count(customer => customer.Codes.Contains(code.Code))} {code.Code}"))}
            entitlement: {world.Verdict.Compared} hours compared, {world.Verdict.PassedOver} passed over within three hours of news
            letters: {world.Carrier.Letters}, of them {world.Carrier.Reminders.Count} reminders, each once
            ledger: {string.Join(", ", balance.Select(posting => $"{posting.Account} {posting.Amount}"))}
            """));
    }

    private static async Task<List<T>> AllAsync<T>(BillingWorld world, DocumentSchema<T> schema)
        where T : class
    {
        var all = new List<T>();
        await foreach (var (_, _, value) in world.Documents.Set(schema).QueryAllAsync(new() { Limit = 1000 }, Ct)) all.Add(value);
        return all;
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : usual;
}
