using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Plans;

internal sealed class PlanStore(IDocuments documents, PlanSeed seed)
{
    private readonly IDocumentSet<Plan> _plans = documents.Set(Plan.Schema);

    /// <summary>The smallest first. An installation that has none is given those of the seed.</summary>
    public async Task<IReadOnlyList<Plan>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await ReadAsync(cancellationToken);
        if (all.Count > 0) return all;
        await _plans.InsertManyAsync([.. (await seed.ReadAsync(cancellationToken)).Select(plan => KeyValuePair.Create(plan.Id, plan))], cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public async Task<Plan?> GetAsync(string id, CancellationToken cancellationToken) =>
        (await _plans.GetAsync(id, cancellationToken))?.Value ?? (await ListAsync(cancellationToken)).FirstOrDefault(plan => plan.Id == id);

    public async Task<PlanNames> NamesAsync(CancellationToken cancellationToken) => new(await ListAsync(cancellationToken));

    /// <summary>Null when there is one of this id.</summary>
    public async Task<Plan?> AddAsync(string id, PlanContent content, CancellationToken cancellationToken) =>
        (await _plans.InsertAsync(id, new Plan { Id = id, Content = content, Revision = 1 }, cancellationToken))?.Value;

    /// <summary>Null when it is no longer of that revision.</summary>
    /// <param name="revision">Null for any.</param>
    public async Task<Plan?> ChangeAsync(string id, long? revision, PlanContent content, CancellationToken cancellationToken)
    {
        while (await _plans.GetAsync(id, cancellationToken) is { Value: var seen } stored && seen.Revision == (revision ?? seen.Revision))
        {
            var next = seen with { Content = content, Revision = seen.Revision + 1 };
            if (await _plans.ReplaceAsync(id, stored.Version, next, cancellationToken) is { } written) return written.Value;
        }

        return null;
    }

    private async Task<IReadOnlyList<Plan>> ReadAsync(CancellationToken cancellationToken) =>
    [
        .. (await _plans.QueryAsync(new() { Limit = 1000 }, cancellationToken)).Items.Select(item => item.Value)
            .OrderBy(plan => plan.Content.MaxHeight).ThenBy(plan => plan.Content.Streams).ThenBy(plan => plan.Id, StringComparer.Ordinal),
    ];
}
