using System.Text.Json.Serialization;

namespace FlickStream.Portal.Subscriptions;

/// <param name="CustomerId">The provider's.</param>
/// <param name="Id">The provider's name of the card.</param>
internal sealed record PaymentMethod(string CustomerId, string Id);

/// <param name="Key">The business identity under which it is opened at most once.</param>
/// <param name="Id">The provider's; null until it is known that it is open.</param>
/// <param name="Url">Where its owner gives the card.</param>
/// <param name="IsForCard">Another card for a subscription that there is; else it begins one.</param>
/// <param name="ReturnUrl">Where the provider sends its owner afterwards.</param>
/// <param name="Email">Of who pays, as it was first opened with: the provider takes one key with the same words alone.</param>
/// <param name="Text">What for, likewise.</param>
/// <param name="ExpiresAt">At the provider it can be finished until then.</param>
/// <param name="LookAt">When the provider is asked next what became of it.</param>
/// <param name="CloseAt">When its owner would have none of it any more; null usually.</param>
internal sealed record OpenCheckout(
    string Key, string? Id, Uri? Url, bool IsForCard, Uri ReturnUrl, string Email, string Text, DateTimeOffset ExpiresAt, DateTimeOffset LookAt,
    DateTimeOffset? CloseAt = null)
{
    /// <summary>From when on it is to be ended at the provider.</summary>
    [JsonIgnore]
    public DateTimeOffset EndsAt => CloseAt ?? ExpiresAt;
}
