using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>What billing relies on where something comes back.</summary>
public abstract partial class PaymentGatewayContract
{
    [Fact]
    public async Task A_payment_is_refunded_once_a_key_in_parts_and_no_more_than_was_paid()
    {
        await using var provider = await StartAsync();
        var paymentId = await PaidAsync(provider);
        var first = await provider.Gateway.RefundAsync(Ordered("r1", paymentId, 5m), Ct);
        Assert.Equal((RefundState.Paid, Usd(5m), "r1"), (first.State, first.Amount, first.Key));
        Assert.Equal(first, await provider.Gateway.RefundAsync(Ordered("r1", paymentId, 5m), Ct));
        Assert.Equal("charge_already_refunded", (await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.RefundAsync(Ordered("r2", paymentId, 8m), Ct))).Code);
        await provider.Gateway.RefundAsync(Ordered("r3", paymentId, 3m), Ct);
        await provider.Gateway.RefundAsync(Ordered("r4", paymentId, 4.99m), Ct);
        // More than a page of the provider's.
        var returns = await provider.Gateway.FindReturnsAsync(paymentId, Ct);
        Assert.Equal(["r1", "r3", "r4"], returns.Refunds.Select(refund => refund.Key).Order());
        Assert.Equal(12.99m, returns.Refunds.Sum(refund => refund.Amount.Amount));
        Assert.Empty(returns.Disputes);
        Assert.Equal(PaymentState.Paid, (await provider.Gateway.FindPaymentAsync(paymentId, Ct)).State);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_made_once_and_found_by_its_key()
    {
        await using var provider = await StartAsync();
        var paymentId = await PaidAsync(provider);
        provider.LoseNextAnswer();
        await Assert.ThrowsAsync<GatewayUnavailableException>(() => provider.Gateway.RefundAsync(Ordered("r1", paymentId, 5m), Ct));
        Assert.Equal("r1", Assert.Single((await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Refunds).Key);
        await provider.Gateway.RefundAsync(Ordered("r1", paymentId, 5m), Ct);
        Assert.Single((await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Refunds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_refunded_at_the_provider_is_found_with_what_its_bank_makes_of_it(bool isTaken)
    {
        var state = isTaken ? RefundState.Paid : RefundState.Failed;
        await using var provider = await StartAsync();
        var paymentId = await PaidAsync(provider);
        Assert.Empty(await SinceAsync(provider, provider.Now.AddHours(-1)));
        var refundId = await provider.RefundThereAsync(paymentId, Usd(2.5m));
        Assert.Equal([new GatewayRefund(refundId, Usd(2.5m), RefundState.Pending, null)], (await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Refunds);
        await provider.SettleRefundAsync(paymentId, refundId, state);
        Assert.Equal(state, Assert.Single((await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Refunds).State);
        Assert.Equal([paymentId], await SinceAsync(provider, provider.Now.AddHours(-1)));
        Assert.Empty(await SinceAsync(provider, provider.Now.AddHours(1)));
        // What failed can be paid back again.
        if (isTaken) await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.RefundAsync(Ordered("r1", paymentId, 12.99m), Ct));
        else await provider.Gateway.RefundAsync(Ordered("r1", paymentId, 12.99m), Ct);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dispute_takes_the_money_with_a_fee_and_gives_it_back_if_it_is_won(bool isWon)
    {
        await using var provider = await StartAsync();
        var paymentId = await PaidAsync(provider);
        var disputeId = await provider.DisputeAsync(paymentId);
        var open = Assert.Single((await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Disputes);
        Assert.Equal((disputeId, DisputeState.Open), (open.Id, open.State));
        var taken = Assert.Single(open.Moves);
        Assert.Equal((Usd(-12.99m), 15m), (taken.Amount, taken.Fee?.Amount));
        Assert.Equal("charge_disputed", (await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.RefundAsync(Ordered("r1", paymentId, 1m), Ct))).Code);
        Assert.Equal([paymentId], await SinceAsync(provider, provider.Now.AddHours(-1)));

        await provider.CloseDisputeAsync(paymentId, disputeId, isWon);
        var closed = Assert.Single((await provider.Gateway.FindReturnsAsync(paymentId, Ct)).Disputes);
        Assert.Equal(isWon ? DisputeState.Won : DisputeState.Lost, closed.State);
        Assert.Equal(isWon ? 0 : -12.99m, closed.Moves.Sum(move => move.Amount.Amount));
        Assert.Equal(taken.Id, closed.Moves[0].Id);
    }

    [Fact]
    public async Task Who_was_forgotten_is_charged_no_more_and_what_they_paid_stays()
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, Good);
        var paid = await PreparedAsync(provider, method);
        await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", paid.Id, method, null), Ct);
        for (var times = 0; times < 2; times++) await provider.Gateway.ForgetCustomerAsync(method.CustomerId, Ct);
        var order = new PaymentOrder("sub:1:period:3", "1", method.CustomerId, Price, "Premium");
        Assert.Equal("resource_missing", (await Assert.ThrowsAsync<GatewayRefusedException>(() => provider.Gateway.PreparePaymentAsync(order, Ct))).Code);
        Assert.Equal((PaymentState.Paid, "1"), ((await provider.Gateway.FindPaymentAsync(paid.Id, Ct)).State, (await provider.Gateway.FindPaymentAsync(paid.Id, Ct)).SubscriptionId));
    }

    private static Money Usd(decimal amount) => new Money(amount, "USD").Rounded();

    private static RefundOrder Ordered(string key, string paymentId, decimal amount) => new(key, paymentId, "1", Usd(amount));

    private static async Task<List<string>> SinceAsync(GatewayUnderTest provider, DateTimeOffset since) =>
        await provider.Gateway.ReturnedSinceAsync(since, Ct).ToListAsync(Ct);

    private static async Task<string> PaidAsync(GatewayUnderTest provider)
    {
        var method = await CardAsync(provider, Good);
        var prepared = await PreparedAsync(provider, method);
        Assert.Equal(PaymentState.Paid, (await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", prepared.Id, method, null), Ct)).State);
        return prepared.Id;
    }
}
