using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>The way to the provider: requests and answers are lost on it, and nodes are killed while they wait.</summary>
internal sealed class FaultyGateway(IPaymentGateway inner, Fate fate) : IPaymentGateway
{
    public string Name => inner.Name;

    public Task<GatewayCheckout> OpenCheckoutAsync(CheckoutOrder order, CancellationToken cancellationToken) => CallAsync(() => inner.OpenCheckoutAsync(order, cancellationToken));

    public Task<GatewayCheckout> FindCheckoutAsync(string id, CancellationToken cancellationToken) => CallAsync(() => inner.FindCheckoutAsync(id, cancellationToken));

    public Task<GatewayCheckout> CloseCheckoutAsync(string id, CancellationToken cancellationToken) => CallAsync(() => inner.CloseCheckoutAsync(id, cancellationToken));

    public Task<GatewayPayment> PreparePaymentAsync(PaymentOrder order, CancellationToken cancellationToken) => CallAsync(() => inner.PreparePaymentAsync(order, cancellationToken));

    public Task<GatewayPayment> TryPaymentAsync(PaymentTry attempt, CancellationToken cancellationToken) => CallAsync(() => inner.TryPaymentAsync(attempt, cancellationToken));

    public Task<GatewayPayment> FindPaymentAsync(string id, CancellationToken cancellationToken) => CallAsync(() => inner.FindPaymentAsync(id, cancellationToken));

    public Task<GatewayPayment> CancelPaymentAsync(string id, CancellationToken cancellationToken) => CallAsync(() => inner.CancelPaymentAsync(id, cancellationToken));

    public Task<GatewayRefund> RefundAsync(RefundOrder order, CancellationToken cancellationToken) => CallAsync(() => inner.RefundAsync(order, cancellationToken));

    public Task<GatewayReturns> FindReturnsAsync(string paymentId, CancellationToken cancellationToken) => CallAsync(() => inner.FindReturnsAsync(paymentId, cancellationToken));

    public IAsyncEnumerable<string> ReturnedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        fate.LosesAnswer(0.05) ? throw new GatewayUnavailableException("The request was lost.") : inner.ReturnedSinceAsync(since, cancellationToken);

    public async Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken) => await CallAsync(async () =>
    {
        await inner.ForgetCustomerAsync(customerId, cancellationToken);
        return true;
    });

    public Task<GatewayEvent?> ReadEventAsync(byte[] body, string? signature, CancellationToken cancellationToken) => inner.ReadEventAsync(body, signature, cancellationToken);

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        fate.MayKill(0.004);
        if (fate.LosesAnswer(0.02)) throw new GatewayUnavailableException("The request was lost.");
        var answer = await call();
        fate.MayKill(0.004);
        return fate.LosesAnswer(0.03) ? throw new GatewayUnavailableException("The answer was lost after the provider did it.") : answer;
    }
}
