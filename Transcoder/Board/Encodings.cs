using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>
/// The presentations of an asset as its jobs come and go. A whole one keeps its place while the next is made aside; one that is not
/// whole gives way at once. Everything can be repeated, so that a crash between any two writes is healed by doing it again.
/// </summary>
internal sealed partial class Encodings(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    /// <summary>Makes or reopens the presentation of a job that begins. False when the job's time has passed: another encoding took the
    /// place that it was planned for, or is made for it.</summary>
    public async Task<bool> OpenAsync(Job job, CancellationToken cancellationToken)
    {
        var isOpen = await TryOpenAsync(job, cancellationToken);
        if (isOpen) await KeepWishesAsync(job, cancellationToken);
        return isOpen;
    }

    private async Task<bool> TryOpenAsync(Job job, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = await _presentations.GetAsync(job.AssetId, cancellationToken);
            if (current?.Value.Revision == job.Plan.Revision) return await ReopenAsync(job, cancellationToken);
            if (current?.Value.Revision != job.Plan.Base) return false;
            var made = job.Plan.ToPresentation(job.AssetId, job.CreatedAt, current?.Value);
            if (current is null)
            {
                if (await _presentations.InsertAsync(job.AssetId, made, cancellationToken) is not null) return true;
            }
            else if (current.Value.State == PresentationState.Ready)
            {
                if (current.Value.Next == job.Plan.Revision) return await OpenAsideAsync(job, made, cancellationToken);
                if (await IsMadeAsync(job.AssetId, current.Value.Next, cancellationToken)) return false;
                var promised = current.Value with { Next = job.Plan.Revision };
                await _presentations.ReplaceAsync(current.Id, current.Version, promised, cancellationToken);
            }
            else if (await TakePlaceAsync(current, made, cancellationToken))
            {
                return true;
            }
        }
    }

    /// <summary>The base is looked at again when the candidate is there, because only then are the parts safe that they share.</summary>
    private async Task<bool> OpenAsideAsync(Job job, Presentation made, CancellationToken cancellationToken) =>
        (await InsertAsideAsync(made, cancellationToken) || await ReopenAsync(job, cancellationToken))
        && await _presentations.GetAsync(job.AssetId, cancellationToken) is { Value: var still }
        && (still.Revision == job.Plan.Revision || IsFor(still, job));

    private static bool IsFor(Presentation current, Job job) =>
        current.Revision == job.Plan.Base && (current.Next ?? job.Plan.Revision) == job.Plan.Revision;

    private async Task<bool> IsMadeAsync(string assetId, string? revision, CancellationToken cancellationToken) =>
        revision is not null && await _jobs.GetAsync(Job.IdOf(assetId, revision), cancellationToken) is { Value.IsOpen: true };

    /// <summary>What the asset shall be is what whoever got the place asked for. A master that came since has brought its own.</summary>
    private async Task KeepWishesAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Wishes is not { } wishes) return;
        await _assets.UpdateAsync(
            job.AssetId,
            a => a.State == AssetState.Deleted || a.MasterKey != job.MasterKey || a.Encoding == wishes ? null : a with { Encoding = wishes },
            cancellationToken);
    }

    /// <summary>What a job that did not get done leaves can be opened again until another encoding is published, or until it has lain for
    /// <see cref="BoardOptions.GivenUpStay"/>.</summary>
    public async Task CloseAsync(Job job, CancellationToken cancellationToken)
    {
        Presentation Closed(Presentation p) => p with
        {
            State = job.State == JobState.Failed ? PresentationState.Failed : PresentationState.Cancelled,
            Problem = job.Problem,
        };
        await _presentations.UpdateAsync(
            job.AssetId, p => p.Revision == job.Plan.Revision && p.State == PresentationState.Encoding ? Closed(p) : null, cancellationToken);
        await _presentations.UpdateAsync(
            Presentation.AsideId(job.AssetId, job.Plan.Revision),
            p => p is { State: PresentationState.Encoding or PresentationState.Ready, RetiredAt: null } ? Closed(p) with { GivenUpAt = time.GetUtcNow() } : null,
            cancellationToken);
    }

    private async Task<bool> InsertAsideAsync(Presentation presentation, CancellationToken cancellationToken) =>
        await _presentations.InsertAsync(
            Presentation.AsideId(presentation.AssetId, presentation.Revision), presentation, cancellationToken) is not null;

    private async Task<bool> ReopenAsync(Job job, CancellationToken cancellationToken) =>
        await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p is { State: PresentationState.Failed or PresentationState.Cancelled, RetiredAt: null }
                ? p with { State = PresentationState.Encoding, Problem = null, GivenUpAt = null }
                : null,
            cancellationToken) is { Value.RetiredAt: null };
}
