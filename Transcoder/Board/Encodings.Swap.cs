using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

internal sealed partial class Encodings
{
    /// <summary>Marks the job's presentation as whole and makes it the asset's current one; the one before it goes aside. A
    /// job that was cancelled in the last moment changes nothing.</summary>
    /// <param name="job">Whose presentation.</param>
    /// <param name="frames">As encoded and counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the place is another's: what is current is not what the job was planned over, or waits for another job.</returns>
    public async Task<bool> PublishAsync(Job job, long frames, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var whole = await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p.State != PresentationState.Encoding ? null : Extras.Without(p, job) with
            {
                State = PresentationState.Ready,
                Frames = frames,
                PlayableAt = p.PlayableAt ?? now,
                ReadyAt = now,
            },
            cancellationToken);
        if (whole is not { Value: { State: PresentationState.Ready, RetiredAt: null } }) return true;

        while (await _presentations.GetAsync(job.AssetId, cancellationToken) is { } current && current.Value.Revision != job.Plan.Revision)
        {
            if (!IsFor(current.Value, job)) return false;
            var aside = await _presentations.GetAsync(Presentation.AsideId(job.AssetId, job.Plan.Revision), cancellationToken);
            if (aside is not { Value: { State: PresentationState.Ready, RetiredAt: null } }) return true;
            await TakePlaceAsync(current, aside.Value, cancellationToken);
        }

        await KeepWishesAsync(job, cancellationToken);
        await TidyAsync(job, cancellationToken);
        return true;
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
            // An earlier attempt's: its time counts from now, and neither what was concluded from it meanwhile nor what it lacks does.
            await _presentations.UpdateAsync(Presentation.AsideId(retired.AssetId, retired.Revision), _ => retired, cancellationToken);
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
}
