namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>Hears what subscribers are to know, beside the letters that are posted.</summary>
internal interface ISubscriberNews
{
    /// <summary>May be told the same again, after it was broken off half way.</summary>
    Task TellAsync(Subscription subscription, Effect effect, CancellationToken stop);
}
