using FlickStream.Platform.Problems;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Payments;

internal static class RefundRules
{
    /// <summary>Null where it can be ordered, if so much is left.</summary>
    public static Problem? Refuse(string key, RefundRequest request, Money paid) =>
        key.Length is < 1 or > 40 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? RefundProblems.KeyInvalid
        : request.Reason?.Trim() is not { Length: >= 1 and <= 200 } reason || reason.Any(char.IsControl) ? RefundProblems.ReasonInvalid
        : request.Amount is { } amount && !new Money(amount, paid.Currency).IsPrice() ? RefundProblems.AmountInvalid
        : null;
}

internal static class RefundProblems
{
    public static readonly Problem KeyInvalid = new("refund_key_invalid", 400, "Give a key of 1 to 40 letters, digits and hyphens.");

    public static readonly Problem ReasonInvalid = new("refund_reason_invalid", 400, "Give a reason of 1 to 200 characters.");

    public static readonly Problem AmountInvalid = new("refund_amount_invalid", 400, "Give an amount above zero, whole in the currency's smallest coin, or none for all.");

    public static readonly Problem NothingPaid = new("invoice_free", 409, "Nothing was paid for this invoice.");

    public static readonly Problem TooMuch = new("refund_too_much", 409, "So much is not left of what was paid.");

    public static readonly Problem Exists = new("refund_exists", 409, "There is a refund of this key with another amount. Use another key.");

    public static readonly Problem ProviderGone = new(
        "refund_provider_gone", 409, "It was paid at a payment provider that this installation has no more. Pay it back there.");

    public static readonly Problem Refused = new("refund_refused", 409, "The payment provider will not make this refund; the detail says why. Nothing is paid back.");
}
