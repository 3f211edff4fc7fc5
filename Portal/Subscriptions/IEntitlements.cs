namespace FlickStream.Portal.Subscriptions;

/// <summary>What an account may watch with at this moment.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="MaxHeight">Lines of the largest picture.</param>
/// <param name="Streams">At once.</param>
/// <param name="Profiles">Of the account.</param>
internal sealed record Entitlement(string Plan, int MaxHeight, int Streams, int Profiles);

internal interface IEntitlements
{
    /// <returns>Null where nothing is paid for.</returns>
    ValueTask<Entitlement?> OfAsync(string accountId, CancellationToken stop);
}
