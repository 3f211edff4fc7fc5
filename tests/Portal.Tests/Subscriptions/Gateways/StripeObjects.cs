namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

internal sealed class StripeSession
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public string Status { get; set; } = "open";

    public string? Customer { get; set; }

    public string? Method { get; set; }

    public string? PaymentId { get; set; }

    public object Body(Dictionary<string, StripePayment> payments) => new Dictionary<string, object?>
    {
        ["id"] = Id, ["object"] = "checkout.session", ["status"] = Status, ["url"] = Status == "open" ? Url : null, ["customer"] = Customer,
        ["payment_status"] = Amount == 0 ? "no_payment_required" : Status == "complete" ? "paid" : "unpaid",
        ["payment_intent"] = PaymentId is null ? null : payments[PaymentId].Body(),
        ["setup_intent"] = Amount > 0 || Method is null ? null : new Dictionary<string, object?> { ["id"] = $"seti_{Id}", ["object"] = "setup_intent", ["payment_method"] = Method },
    };
}

internal sealed class StripePayment(string id, long amount, string currency, string customer)
{
    private Dictionary<string, object?>? _error;

    public string Id => id;

    public string Status { get; set; } = "requires_payment_method";

    public string? Method { get; set; }

    public long Amount => amount;

    public string Currency => currency;

    public string? ActionUrl { get; set; }

    public int Charges { get; set; }

    public void Succeed()
    {
        (Status, ActionUrl, _error) = ("succeeded", null, null);
        Charges++;
    }

    public void Decline(string code, string? declineCode)
    {
        (Status, ActionUrl) = ("requires_payment_method", null);
        _error = new() { ["type"] = "card_error", ["code"] = code, ["decline_code"] = declineCode };
    }

    public object Body() => new Dictionary<string, object?>
    {
        ["id"] = id, ["object"] = "payment_intent", ["amount"] = amount, ["currency"] = currency, ["customer"] = customer, ["status"] = Status,
        ["payment_method"] = Method, ["last_payment_error"] = _error, ["metadata"] = new Dictionary<string, string> { ["subscription"] = "1" },
        ["next_action"] = ActionUrl is null ? null : new Dictionary<string, object?>
        {
            ["type"] = "redirect_to_url", ["redirect_to_url"] = new Dictionary<string, object?> { ["url"] = ActionUrl, ["return_url"] = null },
        },
    };
}
