using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Declines by chance, some cards always, and asks who sits there now and then.</summary>
internal sealed class MoodyBank(Fate fate) : ISandboxBank
{
    /// <summary>Taken in checkouts and declined ever after.</summary>
    public const string BadCard = "4000000000000341";

    public BankAnswer Ask(string card, string paymentId, bool isOwnerPresent) => fate.Next() switch
    {
        _ when card == BadCard => new(new Decline("insufficient_funds", IsSoft: true)),
        < 0.08 => new(new Decline("insufficient_funds", IsSoft: true)),
        < 0.11 => new(new Decline("lost_card", IsSoft: false)),
        < 0.15 when isOwnerPresent => new(AsksOwner: true),
        _ => new(),
    };
}
