using System.Text;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>What billing relies on of every provider.</summary>
public abstract partial class PaymentGatewayContract
{
    private const string Good = Subscriber.Good;
    private static readonly Money Price = new(12.99m, "USD");
    // One moment for all: the same key with another is refused.
    private static readonly DateTimeOffset Until = TimeProvider.System.GetUtcNow().AddHours(20);
    private static readonly Uri Back = new("https://watch.example.org/account/subscription");

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract Task<GatewayUnderTest> StartAsync();

    [Fact]
    public async Task A_checkout_is_opened_once_a_key_and_paid_once()
    {
        await using var provider = await StartAsync();
        var opened = await provider.Gateway.OpenCheckoutAsync(Order("c1", Price), Ct);
        Assert.Equal((CheckoutState.Open, null, null), (opened.State, opened.Method, opened.PaymentId));
        Assert.NotNull(opened.Url);
        Assert.Equal(opened.Id, (await provider.Gateway.OpenCheckoutAsync(Order("c1", Price), Ct)).Id);
        Assert.NotEqual(opened.Id, (await provider.Gateway.OpenCheckoutAsync(Order("c2", Price), Ct)).Id);

        await provider.PayAsync(opened.Id, Good);
        var paid = await provider.Gateway.FindCheckoutAsync(opened.Id, Ct);
        Assert.Equal(CheckoutState.Complete, paid.State);
        Assert.NotNull(paid.Method);
        Assert.Equal(1, await provider.ChargesAsync(paid.PaymentId!));
        Assert.Equal(CheckoutState.Complete, (await provider.Gateway.CloseCheckoutAsync(opened.Id, Ct)).State);
    }

    [Fact]
    public async Task A_checkout_without_an_amount_keeps_the_card_for_who_paid_before()
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, Good);
        var second = await provider.Gateway.OpenCheckoutAsync(Order("c2", Money.Zero("USD"), method.CustomerId), Ct);
        await provider.PayAsync(second.Id, Good);
        var kept = await provider.Gateway.FindCheckoutAsync(second.Id, Ct);
        Assert.Equal((CheckoutState.Complete, null, method.CustomerId), (kept.State, kept.PaymentId, kept.Method?.CustomerId));
        Assert.NotEqual(method.Id, kept.Method?.Id);
    }

    [Fact]
    public async Task A_checkout_that_was_closed_is_paid_no_more()
    {
        await using var provider = await StartAsync();
        var opened = await provider.Gateway.OpenCheckoutAsync(Order("c1", Price), Ct);
        Assert.Equal(CheckoutState.Expired, (await provider.Gateway.CloseCheckoutAsync(opened.Id, Ct)).State);
        Assert.Equal(CheckoutState.Expired, (await provider.Gateway.CloseCheckoutAsync(opened.Id, Ct)).State);
        await provider.PayAsync(opened.Id, Good);
        Assert.Equal((CheckoutState.Expired, null), ((await provider.Gateway.FindCheckoutAsync(opened.Id, Ct)).State, (await provider.Gateway.FindCheckoutAsync(opened.Id, Ct)).PaymentId));
    }

    [Theory]
    [InlineData("USD", "12.99")]
    [InlineData("JPY", "1490")]
    public async Task A_payment_is_prepared_once_a_key_and_charged_once_however_often_it_is_tried(string currency, string amount)
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, Good);
        var order = new PaymentOrder("sub:1:period:2", "1", method.CustomerId, new Money(decimal.Parse(amount, null), currency), "Premium");
        var prepared = await provider.Gateway.PreparePaymentAsync(order, Ct);
        Assert.Equal((PaymentState.Open, order.Amount), (prepared.State, prepared.Amount));
        Assert.Equal(prepared.Id, (await provider.Gateway.PreparePaymentAsync(order, Ct)).Id);
        Assert.Equal(0, await provider.ChargesAsync(prepared.Id));

        foreach (var key in new[] { "try:1", "try:1", "try:2" })
            Assert.Equal(PaymentState.Paid, (await provider.Gateway.TryPaymentAsync(new PaymentTry(key, prepared.Id, method, null), Ct)).State);
        Assert.Equal(1, await provider.ChargesAsync(prepared.Id));
        Assert.Equal(PaymentState.Paid, (await provider.Gateway.CancelPaymentAsync(prepared.Id, Ct)).State);
    }

    [Fact]
    public async Task A_charge_whose_answer_was_lost_is_made_once_when_it_is_asked_for_again()
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, Good);
        var prepared = await PreparedAsync(provider, method);
        provider.LoseNextAnswer();
        var attempt = new PaymentTry("try:1", prepared.Id, method, null);
        await Assert.ThrowsAsync<GatewayUnavailableException>(() => provider.Gateway.TryPaymentAsync(attempt, Ct));
        Assert.Equal(PaymentState.Paid, (await provider.Gateway.TryPaymentAsync(attempt, Ct)).State);
        Assert.Equal(1, await provider.ChargesAsync(prepared.Id));
    }

    [Fact]
    public async Task A_decline_tells_whether_another_day_may_help_and_another_card_pays_the_same_payment()
    {
        await using var provider = await StartAsync();
        var (bad, good) = (await CardAsync(provider, "4000000000000341"), await CardAsync(provider, Good));
        var prepared = await PreparedAsync(provider, bad);
        var declined = await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", prepared.Id, bad, null), Ct);
        Assert.Equal((PaymentState.Open, new Decline("card_declined", IsSoft: true)), (declined.State, declined.Decline));
        Assert.Equal(declined, await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", prepared.Id, bad, null), Ct));
        Assert.Equal(declined.Decline, (await provider.Gateway.FindPaymentAsync(prepared.Id, Ct)).Decline);
        Assert.Equal(PaymentState.Paid, (await provider.Gateway.TryPaymentAsync(new PaymentTry("try:2", prepared.Id, good, null), Ct)).State);
        Assert.Equal(1, await provider.ChargesAsync(prepared.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bank_that_asks_is_shown_who_sits_there(bool isShown)
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, "4000002760003184");
        var prepared = await PreparedAsync(provider, method);
        var absent = await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", prepared.Id, method, null), Ct);
        Assert.Equal((PaymentState.Open, new Decline("authentication_required", IsSoft: false)), (absent.State, absent.Decline));

        var asking = await provider.Gateway.TryPaymentAsync(new PaymentTry("try:2", prepared.Id, method, Back), Ct);
        Assert.Equal(PaymentState.NeedsAction, asking.State);
        Assert.NotNull(asking.ActionUrl);
        await provider.AuthenticateAsync(prepared.Id, isShown);
        Assert.Equal(isShown ? PaymentState.Paid : PaymentState.Open, (await provider.Gateway.FindPaymentAsync(prepared.Id, Ct)).State);
        Assert.Equal(isShown ? 1 : 0, await provider.ChargesAsync(prepared.Id));
    }

    [Fact]
    public async Task What_was_taken_back_is_never_charged()
    {
        await using var provider = await StartAsync();
        var method = await CardAsync(provider, Good);
        var prepared = await PreparedAsync(provider, method);
        Assert.Equal(PaymentState.Canceled, (await provider.Gateway.CancelPaymentAsync(prepared.Id, Ct)).State);
        Assert.Equal(PaymentState.Canceled, (await provider.Gateway.CancelPaymentAsync(prepared.Id, Ct)).State);
        Assert.Equal(PaymentState.Canceled, (await provider.Gateway.TryPaymentAsync(new PaymentTry("try:1", prepared.Id, method, null), Ct)).State);
        Assert.Equal(0, await provider.ChargesAsync(prepared.Id));
    }

    [Fact]
    public async Task Webhooks_are_taken_by_their_signature_and_for_five_minutes()
    {
        await using var provider = await StartAsync();
        var body = Encoding.UTF8.GetBytes("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"metadata":{"subscription":"abc"}}}}""");
        var secret = await provider.SecretAsync();
        var right = WebhookSignature.Sign(body, secret, provider.Now);
        Assert.Equal(new GatewayEvent("evt_1", "payment_intent.succeeded", "abc"), await provider.Gateway.ReadEventAsync(body, right, Ct));
        Assert.NotNull(await provider.Gateway.ReadEventAsync(body, WebhookSignature.Sign(body, secret, provider.Now.AddSeconds(-300)), Ct));
        Assert.NotNull(await provider.Gateway.ReadEventAsync(body, $"{right},v1=00", Ct));
        string?[] wrong =
        [
            null, "", "t=1", "v1=1", "t=x,v1=y", WebhookSignature.Sign(body, secret, provider.Now.AddSeconds(-301)), WebhookSignature.Sign(body, secret, provider.Now.AddSeconds(301)),
            WebhookSignature.Sign(body, "whsec_other", provider.Now), right.Replace("v1=", "v0=", StringComparison.Ordinal),
        ];
        foreach (var signature in wrong) Assert.Null(await provider.Gateway.ReadEventAsync(body, signature, Ct));
        Assert.Null(await provider.Gateway.ReadEventAsync([.. body, (byte)' '], right, Ct));
    }

    private static CheckoutOrder Order(string key, Money amount, string? customerId = null) =>
        new(key, "1", "ann@example.org", amount, "Premium", customerId, Back, Until);

    private static async Task<PaymentMethod> CardAsync(GatewayUnderTest provider, string card)
    {
        var opened = await provider.Gateway.OpenCheckoutAsync(Order($"card:{card}", Money.Zero("USD")), Ct);
        await provider.PayAsync(opened.Id, card);
        return (await provider.Gateway.FindCheckoutAsync(opened.Id, Ct)).Method!;
    }

    private static Task<GatewayPayment> PreparedAsync(GatewayUnderTest provider, PaymentMethod method) =>
        provider.Gateway.PreparePaymentAsync(new PaymentOrder("sub:1:period:2", "1", method.CustomerId, Price, "Premium"), Ct);
}
