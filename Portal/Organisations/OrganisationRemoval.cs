using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Notifications.Webhooks;
using Quartz;

namespace FlickStream.Portal.Organisations;

/// <summary>Takes an organisation away with its keys and webhooks, and gives it back where something of it came in that moment: somebody who was put into it, or
/// an upload that was completing. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class OrganisationRemoval(
    IDocuments documents, OrganisationStore organisations, OrganisationUse use, ApiKeys keys, WebhookStore webhooks, TimeProvider time, ILogger<OrganisationRemoval> log)
    : IJob
{
    // By then no process knows a key or a session of it, what was asked with one is done, and an upload whose bytes were all there is an asset.
    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(1);

    private readonly IDocumentSet<LeavingOrganisation> _leaving = documents.Set(LeavingOrganisation.Schema);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    /// <summary>What a kill leaves undone the sweep does.</summary>
    public async Task BeginAsync(Organisation organisation)
    {
        await _leaving.InsertAsync(organisation.Id, new(organisation, time.GetUtcNow()), CancellationToken.None);
        await TakeAsync(organisation.Id, CancellationToken.None);
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var (id, _, leaving) in _leaving.QueryAllAsync(new(), cancellationToken))
        {
            try
            {
                if (leaving.LeftAt > time.GetUtcNow() - Afterwards) await TakeAsync(id, cancellationToken);
                else await DecideAsync(id, leaving, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogError(fault, "Organisation {Organisation} could not be taken away.", id);
            }
        }
    }

    // What another node has given back is not taken again: it is in use.
    private async Task DecideAsync(string id, LeavingOrganisation leaving, CancellationToken cancellationToken)
    {
        if (await use.OfAsync(id, cancellationToken) is { } left)
        {
            log.LogWarning("Organisation {Organisation} was deleted and is back: {Left}", id, left);
            await organisations.RestoreAsync(leaving.Organisation, cancellationToken);
        }
        else
        {
            await TakeAsync(id, cancellationToken);
        }

        await _leaving.DeleteAsync(id, null, cancellationToken);
    }

    private async Task TakeAsync(string id, CancellationToken cancellationToken)
    {
        await organisations.RemoveAsync(id, cancellationToken);
        await keys.RevokeAllAsync(id, cancellationToken);
        foreach (var endpoint in await webhooks.ListAsync(id, cancellationToken)) await webhooks.RemoveAsync(endpoint.Id, cancellationToken);
    }
}
