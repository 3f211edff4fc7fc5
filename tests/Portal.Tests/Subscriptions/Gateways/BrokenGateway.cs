using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>A provider that fails at what a test says.</summary>
internal sealed class BrokenGateway(IPaymentGateway inner) : IPaymentGateway
{
    /// <summary>By the name of the call; null where it is made.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    /// <summary>Whether the answer to a call is lost after it was done.</summary>
    public Func<string, bool> Lost { get; set; } = _ => false;

    /// <summary>What a checkout is made of on its way.</summary>
    public Func<GatewayCheckout, GatewayCheckout> Twist { get; set; } = seen => seen;

    public List<string> Calls { get; } = [];

    public List<CheckoutOrder> Orders { get; } = [];

    public string Name { get; set; } = inner.Name;

    public async Task<GatewayCheckout> OpenCheckoutAsync(CheckoutOrder order, CancellationToken cancellationToken)
    {
        Orders.Add(order);
        return Twist(await CallAsync("open", () => inner.OpenCheckoutAsync(order, cancellationToken)));
    }

    public async Task<GatewayCheckout> FindCheckoutAsync(string id, CancellationToken cancellationToken) =>
        Twist(await CallAsync("look", () => inner.FindCheckoutAsync(id, cancellationToken)));

    public async Task<GatewayCheckout> CloseCheckoutAsync(string id, CancellationToken cancellationToken) =>
        Twist(await CallAsync("close", () => inner.CloseCheckoutAsync(id, cancellationToken)));

    public Task<GatewayPayment> PreparePaymentAsync(PaymentOrder order, CancellationToken cancellationToken) => CallAsync("prepare", () => inner.PreparePaymentAsync(order, cancellationToken));

    public Task<GatewayPayment> TryPaymentAsync(PaymentTry attempt, CancellationToken cancellationToken) => CallAsync("try", () => inner.TryPaymentAsync(attempt, cancellationToken));

    public Task<GatewayPayment> FindPaymentAsync(string id, CancellationToken cancellationToken) => CallAsync("find", () => inner.FindPaymentAsync(id, cancellationToken));

    public Task<GatewayPayment> CancelPaymentAsync(string id, CancellationToken cancellationToken) => CallAsync("cancel", () => inner.CancelPaymentAsync(id, cancellationToken));

    public Task<GatewayRefund> RefundAsync(RefundOrder order, CancellationToken cancellationToken) => CallAsync("refund", () => inner.RefundAsync(order, cancellationToken));

    public Task<GatewayReturns> FindReturnsAsync(string paymentId, CancellationToken cancellationToken) => CallAsync("returns", () => inner.FindReturnsAsync(paymentId, cancellationToken));

    public IAsyncEnumerable<string> ReturnedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        Calls.Add("since");
        return Fault("since") is { } fault ? throw fault : inner.ReturnedSinceAsync(since, cancellationToken);
    }

    public async Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken) => await CallAsync("forget", async () =>
    {
        await inner.ForgetCustomerAsync(customerId, cancellationToken);
        return true;
    });

    public Task<GatewayEvent?> ReadEventAsync(byte[] body, string? signature, CancellationToken cancellationToken) => inner.ReadEventAsync(body, signature, cancellationToken);

    private async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        Calls.Add(name);
        Assert.True(Calls.Count < 100, "the provider is asked without end");
        if (Fault(name) is { } fault) throw fault;
        var answer = await call();
        return Lost(name) ? throw new GatewayUnavailableException("The answer was lost.") : answer;
    }
}
