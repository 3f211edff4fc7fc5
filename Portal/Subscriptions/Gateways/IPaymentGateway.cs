namespace FlickStream.Portal.Subscriptions.Gateways;

/// <summary>A payment provider: takes cards on pages of its own, keeps them, and charges them. Every call may be made again with the same key or id
/// and then does nothing more; what it answers is the truth at that moment.</summary>
/// <remarks>All throw <see cref="GatewayUnavailableException"/> where the outcome is not known: make the same call again;
/// and <see cref="GatewayRefusedException"/> where the provider will not do it.</remarks>
internal interface IPaymentGateway
{
    /// <summary>Its name in the ledger.</summary>
    string Name { get; }

    /// <summary>Opens a page of the provider on which somebody gives a card and pays.</summary>
    Task<GatewayCheckout> OpenCheckoutAsync(CheckoutOrder order, CancellationToken cancellationToken);

    Task<GatewayCheckout> FindCheckoutAsync(string id, CancellationToken cancellationToken);

    /// <summary>Ends a checkout; the answer may be that it was finished before.</summary>
    Task<GatewayCheckout> CloseCheckoutAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes a payment known; no money moves.</summary>
    Task<GatewayPayment> PreparePaymentAsync(PaymentOrder order, CancellationToken cancellationToken);

    /// <summary>Charges a card for it. One that was paid stays paid once.</summary>
    Task<GatewayPayment> TryPaymentAsync(PaymentTry attempt, CancellationToken cancellationToken);

    Task<GatewayPayment> FindPaymentAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes it back, so that it can never be paid: the answer is that, or that it was paid before. While the bank has not decided yet, the
    /// outcome is not known.</summary>
    Task<GatewayPayment> CancelPaymentAsync(string id, CancellationToken cancellationToken);

    /// <summary>Pays back a part or all of a payment.</summary>
    Task<GatewayRefund> RefundAsync(RefundOrder order, CancellationToken cancellationToken);

    /// <summary>All that came back of a payment.</summary>
    Task<GatewayReturns> FindReturnsAsync(string paymentId, CancellationToken cancellationToken);

    /// <summary>The payments, ours or not, of which something began to come back since then; one may come twice.</summary>
    IAsyncEnumerable<string> ReturnedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Removes who paid, with their cards, which are charged no more. Payments stay.</summary>
    Task ForgetCustomerAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>What a webhook tells of; null where its signature is not the provider's, or too old.</summary>
    Task<GatewayEvent?> ReadEventAsync(byte[] body, string? signature, CancellationToken cancellationToken);
}
