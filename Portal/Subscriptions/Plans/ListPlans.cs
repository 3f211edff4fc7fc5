using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Plans;

/// <param name="Prices">A month, one of each currency.</param>
/// <param name="TrialDays">Before the first charge, for an account that never had a trial.</param>
internal sealed record PlanOffer(string Id, string Name, int MaxHeight, int Streams, int Profiles, int TrialDays, IReadOnlyList<Money> Prices)
{
    public static PlanOffer Of(Plan plan) => new(
        plan.Id, plan.Content.Name!, plan.Content.MaxHeight, plan.Content.Streams, plan.Content.Profiles, plan.Content.TrialDays, plan.Content.Prices!);
}

internal sealed record PlanOffers(IReadOnlyList<PlanOffer> Items);

/// <summary>What anybody may choose from, the smallest first.</summary>
internal static class ListPlans
{
    public static async Task<Ok<PlanOffers>> HandleAsync(PlanStore plans, CancellationToken stop) =>
        TypedResults.Ok(new PlanOffers([.. (await plans.ListAsync(stop)).Where(plan => plan.Content.IsOffered).Select(PlanOffer.Of)]));
}
