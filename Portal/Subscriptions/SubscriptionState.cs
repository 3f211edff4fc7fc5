namespace FlickStream.Portal.Subscriptions;

internal enum SubscriptionState
{
    /// <summary>The checkout is open.</summary>
    Incomplete,

    /// <summary>The checkout was never finished.</summary>
    IncompleteExpired,

    Trialing,

    Active,

    /// <summary>A renewal was declined; its owner may watch on until the grace is over.</summary>
    PastDue,

    /// <summary>The grace is over; the renewal is still tried.</summary>
    Unpaid,

    Canceled,

    /// <summary>The trial ended without a card; it goes on when there is one.</summary>
    Paused,
}
