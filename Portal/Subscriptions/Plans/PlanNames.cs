namespace FlickStream.Portal.Subscriptions.Plans;

/// <summary>What plans are called now, as bills and letters say it.</summary>
/// <param name="plans">All that there are.</param>
internal sealed class PlanNames(IEnumerable<Plan> plans)
{
    private readonly Dictionary<string, string> _names = plans.ToDictionary(plan => plan.Id, plan => plan.Content.Name!, StringComparer.Ordinal);

    /// <summary>Its id where there is no such plan.</summary>
    public string Of(PlanChoice plan) => _names.GetValueOrDefault(plan.PlanId, plan.PlanId);
}
