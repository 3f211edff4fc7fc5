using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Promotions;

/// <summary>That an account uses a code. An account has one of a code, and no two of a code have one place, which is what keeps to its limit.</summary>
/// <param name="Place">1, 2, … up to the limit.</param>
/// <param name="HeldSince">Until a subscription began with it; one that never begins loses it.</param>
[ImmutableObject(true)]
internal sealed record Redemption(string Code, string AccountId, int Place, DateTimeOffset? HeldSince)
{
    public static readonly DocumentSchema<Redemption> Schema = new DocumentSchema<Redemption>("redemptions")
        .Field("code", r => r.Code)
        .Field("place", r => r.Place)
        .Field("account", r => r.AccountId)
        .Field("held", r => r.HeldSince)
        .Index(unique: true, "code", "place")
        .Index("account")
        .Index("held");

    public static string IdOf(string code, string accountId) => $"{code}:{accountId}";
}
