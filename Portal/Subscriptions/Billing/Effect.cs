namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What follows from a decision. Doing it twice does it once, by its key.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Key">Its business identity.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Bill">That it is about.</param>
internal sealed record Effect(EffectKind Kind, string Key, DateTimeOffset At, Bill? Bill = null);

internal enum EffectKind
{
    /// <summary>The ledger: a bill is owed.</summary>
    Owed,

    /// <summary>The ledger and an invoice: it was paid.</summary>
    Paid,

    /// <summary>The ledger: it is owed no more.</summary>
    WrittenOff,

    /// <summary>Letters.</summary>
    Reminder,
    PaymentFailed,
    AccessLost,
    Paused,
    Ended,
}
