using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Promotions;

/// <summary>That an account uses a code. An account has one of a code, and no two of a code have one place, which is what keeps to its limit.</summary>
/// <param name="Place">1, 2, … up to the limit; null where it was given up.</param>
/// <param name="HeldSince">Until a subscription began with it; one that never begins loses it.</param>
/// <param name="FreePlace">That it gave up: it may be another's by now.</param>
[ImmutableObject(true)]
internal sealed record Redemption(string Code, string AccountId, int? Place, DateTimeOffset? HeldSince, int? FreePlace = null)
{
    public static readonly DocumentSchema<Redemption> Schema = new DocumentSchema<Redemption>("redemptions")
        .Field("code", r => r.Place is null ? null : r.Code)
        .Field("place", r => r.Place)
        .Field("free", r => r.FreePlace is null ? null : r.Code)
        .Field("freePlace", r => r.FreePlace)
        .Field("account", r => r.AccountId)
        .Field("held", r => r.HeldSince)
        .Index(unique: true, "code", "place")
        .Index("free", "freePlace")
        .Index("account")
        .Index("held");

    public static string IdOf(string code, string accountId) => $"{code}:{accountId}";

    /// <summary>Its place is another's from now on.</summary>
    public Redemption GivenUp() => this with { Place = null, HeldSince = null, FreePlace = Place ?? FreePlace };
}
