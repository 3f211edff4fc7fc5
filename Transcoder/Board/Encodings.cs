using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>
/// The presentations of an asset as its jobs come and go. A whole one keeps its place while the next is made aside; one that is not
/// whole gives way at once. Everything can be repeated, so that a crash between any two writes is healed by doing it again.
/// </summary>
internal sealed class Encodings(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    /// <summary>Makes or reopens the presentation of a job that begins. False when the job's time has passed: another encoding took the
    /// place that it was planned for.</summary>
    public async Task<bool> OpenAsync(Job job, CancellationToken cancellationToken)
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
                // The base is looked at again when the candidate is there, because only then are the parts safe that they share.
                return (await InsertAsideAsync(made, cancellationToken) || await ReopenAsync(job, cancellationToken))
                    && await _presentations.GetAsync(job.AssetId, cancellationToken) is { } still
                    && (still.Value.Revision == job.Plan.Base || still.Value.Revision == job.Plan.Revision);
            }
            else if (await TakePlaceAsync(current, made, cancellationToken))
            {
                return true;
            }
        }
    }

    /// <summary>What a job that did not get done leaves can be opened again until another encoding is published.</summary>
    public Task CloseAsync(Job job, CancellationToken cancellationToken) => _presentations.UpdateRevisionAsync(
        job.AssetId,
        job.Plan.Revision,
        p => p.State != PresentationState.Encoding ? null : p with
        {
            State = job.State == JobState.Failed ? PresentationState.Failed : PresentationState.Cancelled,
            Problem = job.Problem,
        },
        cancellationToken);

    /// <summary>Marks the job's presentation as whole and makes it the asset's current one; the one before it goes aside. A
    /// job that was cancelled in the last moment changes nothing.</summary>
    /// <param name="job">Whose presentation.</param>
    /// <param name="frames">As encoded and counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PublishAsync(Job job, long frames, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var whole = await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p.State != PresentationState.Encoding ? null : p with
            {
                State = PresentationState.Ready,
                Frames = frames,
                PlayableAt = p.PlayableAt ?? now,
                ReadyAt = now,
            },
            cancellationToken);
        if (whole is not { Value: { State: PresentationState.Ready, RetiredAt: null } }) return;

        while (await _presentations.GetAsync(job.AssetId, cancellationToken) is { } current && current.Value.Revision != job.Plan.Revision)
            await TakePlaceAsync(current, whole.Value, cancellationToken);
        await TidyAsync(job, cancellationToken);
    }

    /// <summary>The copy aside comes first: whoever plays the old one finds it at every moment.</summary>
    private async Task<bool> TakePlaceAsync(Stored<Presentation> current, Presentation next, CancellationToken cancellationToken)
    {
        var retired = current.Value with
        {
            State = current.Value.State == PresentationState.Encoding ? PresentationState.Cancelled : current.Value.State,
            RetiredAt = time.GetUtcNow(),
        };
        if (!await InsertAsideAsync(retired, cancellationToken))
        {
            // An earlier attempt's: its time counts from now, and what was concluded from it meanwhile does not.
            await _presentations.UpdateAsync(
                Presentation.AsideId(retired.AssetId, retired.Revision),
                p => p with { RetiredAt = retired.RetiredAt, ReleasedAt = null },
                cancellationToken);
        }

        return await _presentations.ReplaceAsync(current.Id, current.Version, next, cancellationToken) is not null;
    }

    /// <summary>The copy aside of what is current now goes, and what earlier jobs left unfinished is given up.</summary>
    private async Task TidyAsync(Job job, CancellationToken cancellationToken)
    {
        await _presentations.DeleteAsync(Presentation.AsideId(job.AssetId, job.Plan.Revision), null, cancellationToken);
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", job.AssetId)] };
        await foreach (var other in _presentations.QueryAllAsync(query, cancellationToken))
        {
            var isLeft = other.Value is { State: PresentationState.Failed or PresentationState.Cancelled, RetiredAt: null };
            if (other.Id == job.AssetId || !isLeft) continue;
            var now = time.GetUtcNow();
            await _presentations.ReplaceAsync(
                other.Id, other.Version, other.Value with { RetiredAt = now, ReleasedAt = now }, cancellationToken);
        }
    }

    private async Task<bool> InsertAsideAsync(Presentation presentation, CancellationToken cancellationToken) =>
        await _presentations.InsertAsync(
            Presentation.AsideId(presentation.AssetId, presentation.Revision), presentation, cancellationToken) is not null;

    private async Task<bool> ReopenAsync(Job job, CancellationToken cancellationToken) =>
        await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p is { State: PresentationState.Failed or PresentationState.Cancelled, RetiredAt: null }
                ? p with { State = PresentationState.Encoding, Problem = null }
                : null,
            cancellationToken) is { Value.RetiredAt: null };
}
