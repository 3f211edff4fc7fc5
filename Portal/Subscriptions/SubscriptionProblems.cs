using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Subscriptions;

internal static class SubscriptionProblems
{
    public static readonly Problem NotFound = new("subscription_not_found", 404, "There is no subscription.");

    public static readonly Problem Exists = new("subscription_exists", 409, "The account has a subscription. Change or end that one.");

    public static readonly Problem NotRunning = new(
        "subscription_not_running", 409, "This can be done while the subscription is active or in its trial, and not while it is being paid for.");

    public static readonly Problem Ending = new("subscription_ending", 409, "The subscription ends with the period. Resume it first.");

    public static readonly Problem NotAnUpgrade = new("plan_no_upgrade", 409, "This plan costs no more than the present one. Change to it with the next period.");

    public static readonly Problem AmountChanged = new("upgrade_amount_changed", 409, "What the upgrade costs has changed. Show it again, and ask again.");

    public static readonly Problem PaymentDeclined = new("payment_declined", 402, "The card was declined; the detail says why. Give another one.");

    public static readonly Problem PaymentRefused = new(
        "payment_refused", 409, "The payment provider will not have this payment; nothing is charged. Cancel and begin anew, or ask support.");

    public static readonly Problem PaymentsUnavailable = new(
        "payments_unavailable", 503, "The payment provider does not answer at the moment. Try again in a few minutes; nothing is charged twice.");

    public static readonly Problem SignatureInvalid = new("webhook_signature_invalid", 400, "This is not signed by the payment provider, or too old.");

    public static readonly Problem SandboxOff = new("sandbox_off", 404, "Payments are not made in the sandbox here.");

    public static readonly Problem CheckoutNotFound = new("checkout_not_found", 404, "There is no such checkout.");

    public static readonly Problem CheckoutOver = new("checkout_over", 409, "This checkout can no longer be finished. Begin another.");

    public static readonly Problem PaymentNotFound = new("payment_not_found", 404, "There is no such payment.");

    public static readonly Problem InvoiceNotFound = new("invoice_not_found", 404, "There is no such invoice.");

    public static readonly Problem SortUnknown = new("sort_unknown", 400, "Sort by oldest or newest.");

    public static readonly Problem CreditNoteNotFound = new("credit_note_not_found", 404, "There is no such credit note.");

    public static readonly Problem CardUnknown = new("card_unknown", 400, "Use one of the sandbox's test cards.");

    public static readonly Problem CardDeclined = new("card_declined", 402, "The card was declined; the detail says why. Try another.");

    public static readonly Problem AuthenticationNeeded = new("authentication_needed", 402, "Show the bank who you are, with isAuthenticated, then pay again.");
}
