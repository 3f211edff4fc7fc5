using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;

namespace FlickStream.Origin.Grants;

/// <summary>Grants for a service in the same process.</summary>
internal sealed class OwnPlayback(GrantMaker maker, GrantStore grants, OriginMetrics metrics) : IPlayback
{
    // No API key and no account has an id like this.
    private const string Owner = "this process";

    public async Task<PlaybackAnswer> GrantAsync(PlaybackRequest request, HttpContext http, Func<string, Task>? beside = null)
    {
        var answer = await maker.MakeAsync(new(request.AssetId, request.MaxHeight, request.Viewer, request.StreamLimit, null), Owner, http, beside);
        metrics.Granted(answer.Refusal?.Code ?? "made");
        return answer;
    }

    public async Task<Problem?> RenewAsync(string grantId, CancellationToken cancellationToken) =>
        (await grants.RenewAsync(grantId, Owner, cancellationToken)).Refusal;

    public async Task<Problem?> EndAsync(string grantId, CancellationToken cancellationToken) =>
        await grants.EndAsync(grantId, Owner, cancellationToken) ? null : GrantProblems.GrantNotFound;

    public async Task<Problem?> EndAllAsync(string viewer, CancellationToken cancellationToken)
    {
        await grants.EndAllAsync(Owner, viewer, cancellationToken);
        return null;
    }

    public async Task<PlayingAnswer> PlayingAsync(string viewer, CancellationToken cancellationToken) =>
        new(await grants.PlayingAsync(Owner, viewer, cancellationToken), null);
}
