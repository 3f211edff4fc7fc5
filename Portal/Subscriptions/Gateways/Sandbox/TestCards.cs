using System.Collections.Frozen;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What a bank says to a card. Tests put another in its place.</summary>
internal interface ISandboxBank
{
    /// <param name="card">Its number.</param>
    /// <param name="paymentId">The sandbox's.</param>
    /// <param name="isOwnerPresent">Somebody sits there, whom the bank can ask.</param>
    BankAnswer Ask(string card, string paymentId, bool isOwnerPresent);

    /// <summary>Whether a refund is made and the answer lost on its way.</summary>
    bool LosesRefund() => false;
}

/// <param name="Decline">Null where it is not declined.</param>
/// <param name="AsksOwner">Its owner must show first who they are.</param>
/// <param name="IsLost">The charge is made, and the answer is lost on its way.</param>
internal sealed record BankAnswer(Decline? Decline = null, bool AsksOwner = false, bool IsLost = false);

/// <summary>Cards whose numbers say what becomes of them, as Stripe's do.</summary>
internal sealed class TestCards : ISandboxBank
{
    private static readonly BankAnswer Authentication = new(Decline.Of("authentication_required"));

    private static readonly FrozenDictionary<string, BankAnswer> Answers = new Dictionary<string, BankAnswer>
    {
        ["4242424242424242"] = new(),
        ["4000000000000002"] = new(Decline.Of("card_declined")),
        ["4000000000009995"] = new(Decline.Of("insufficient_funds")),
        ["4000000000009987"] = new(Decline.Of("lost_card")),
        ["4000000000000069"] = new(Decline.Of("expired_card")),
        // Taken in a checkout, declined afterwards.
        ["4000000000000341"] = new(Decline.Of("card_declined")),
        ["4000000000000119"] = new(IsLost: true),
        ["4000002760003184"] = new(AsksOwner: true),
    }.ToFrozenDictionary();

    /// <summary>Whether there is such a card.</summary>
    public static bool IsKnown(string? card) => card is not null && Answers.ContainsKey(card);

    /// <summary>What becomes of it in a checkout, where it is also only kept.</summary>
    public static BankAnswer InCheckout(string card) => card is "4000000000000341" or "4000000000000119" ? new() : Answers[card];

    public BankAnswer Ask(string card, string paymentId, bool isOwnerPresent) =>
        Answers[card] is { AsksOwner: true } asking ? isOwnerPresent ? asking : Authentication : Answers[card];
}
