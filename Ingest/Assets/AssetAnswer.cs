using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Assets;

/// <summary>An asset as programs and people see it: one state over what Ingest, Transcoder and the encoders know.</summary>
/// <param name="State">inspecting, refused, encoding, ready, failed or cancelled.</param>
/// <param name="Problem">Why it was refused or failed.</param>
/// <param name="Progress">0..1 of encoding.</param>
/// <param name="EtaSeconds">Until it is ready; null while unknown.</param>
/// <param name="Speed">Seconds of master encoded a second; null while unknown.</param>
/// <param name="QueuePlace">1 for the one at work or next; null when nothing is left to encode.</param>
/// <param name="JobId">The job at work, for <c>/api/jobs</c>; null until there is one.</param>
/// <param name="Playable">It can be watched, though perhaps not to its end yet.</param>
/// <param name="HasPoster">The poster, beside the manifests, can be fetched by whoever may play it.</param>
/// <param name="Media">What inspection found.</param>
/// <param name="Renditions">What players are offered.</param>
/// <param name="Encoding">How it shall be encoded otherwise than others; null: not at all.</param>
/// <param name="Again">How far the encoding is that will take the place of what is ready; null when there is none.</param>
/// <param name="Replacement">Another master that was offered; null when none was, or when the asset has it.</param>
internal sealed record AssetAnswer(
    string Id,
    [property: OneOf(typeof(AssetStates))] string State,
    string Title,
    string FileName,
    long SizeBytes,
    string? Sha256,
    DateTimeOffset CreatedAt,
    ProblemReport? Problem,
    double? Progress,
    double? EtaSeconds,
    double? Speed,
    int? QueuePlace,
    string? JobId,
    bool Playable,
    bool HasPoster,
    MediaReport? Media,
    RenditionsAnswer? Renditions,
    EncodingWishes? Encoding,
    AgainAnswer? Again,
    ReplacementAnswer? Replacement)
{
    public static AssetAnswer Of(Asset asset, Presentation? presentation, EncodingStatus? status)
    {
        var state = StateOf(asset, presentation);
        return new(
            asset.Id,
            state,
            asset.Title,
            asset.FileName,
            asset.SizeBytes,
            asset.Sha256,
            asset.CreatedAt,
            asset.Problem ?? presentation?.Problem,
            state switch { AssetStates.Encoding => status?.Progress ?? 0, AssetStates.Ready => 1, _ => null },
            state is AssetStates.Encoding ? status?.EtaSeconds : null,
            state is AssetStates.Encoding ? status?.Speed : null,
            state is AssetStates.Encoding ? status?.QueuePlace : null,
            status?.JobId,
            state is AssetStates.Encoding or AssetStates.Ready && presentation?.PlayableAt is not null,
            presentation?.HasPoster ?? false,
            asset.Media is null ? null : asset.Media with { Notices = [.. asset.Media.Notices, .. presentation?.Notices ?? []] },
            presentation is null ? null : new(presentation.Video, presentation.Audio, presentation.Text, presentation.Chapters),
            asset.Encoding,
            state is AssetStates.Ready ? AgainAnswer.Of(status, presentation!) : null,
            ReplacementAnswer.Of(asset.Replacement));
    }

    private static string StateOf(Asset asset, Presentation? presentation) => asset.State switch
    {
        AssetState.Inspecting => AssetStates.Inspecting,
        AssetState.Refused => AssetStates.Refused,
        _ => presentation?.State switch
        {
            PresentationState.Ready => AssetStates.Ready,
            PresentationState.Encoding => AssetStates.Encoding,
            PresentationState.Failed => AssetStates.Failed,
            // Its master could not be planned; what there is was made of another one.
            _ when asset.Problem is not null => AssetStates.Failed,
            PresentationState.Cancelled => AssetStates.Cancelled,
            _ => AssetStates.Encoding,
        },
    };
}

/// <param name="JobId">For <c>/api/jobs</c>.</param>
/// <param name="Progress">0..1.</param>
/// <param name="EtaSeconds">Until it is published; null while unknown.</param>
/// <param name="QueuePlace">1 for the one at work or next.</param>
internal sealed record AgainAnswer(string JobId, double Progress, double? EtaSeconds, int QueuePlace)
{
    /// <summary>Only an open job has a place; the one that made what is ready may still be about to end.</summary>
    public static AgainAnswer? Of(EncodingStatus? status, Presentation ready) =>
        status is { QueuePlace: { } place } && !status.JobId.EndsWith(ready.Revision, StringComparison.Ordinal)
            ? new(status.JobId, status.Progress, status.EtaSeconds, place) : null;
}

/// <param name="UploadId">That brought it.</param>
/// <param name="State">inspecting or refused.</param>
/// <param name="FileName">As the client named it.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record ReplacementAnswer(string UploadId, [property: OneOf(AssetStates.Inspecting, AssetStates.Refused)] string State, string FileName, long SizeBytes, ProblemReport? Problem)
{
    public static ReplacementAnswer? Of(Replacement? offered) => offered is null ? null : new(
        offered.UploadId,
        offered.State is ReplacementState.Inspecting ? AssetStates.Inspecting : AssetStates.Refused,
        offered.FileName,
        offered.SizeBytes,
        offered.Problem);
}

internal sealed record RenditionsAnswer(
    IReadOnlyList<VideoRendition> Video, IReadOnlyList<AudioRendition> Audio, IReadOnlyList<TextRendition> Text, IReadOnlyList<Chapter> Chapters);

/// <summary>Puts an answer together from the documents of the services.</summary>
internal sealed class AssetView(IDocuments documents)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<EncodingStatus> _statuses = documents.Set(EncodingStatus.Schema);

    public async Task<AssetAnswer> OfAsync(Asset asset, CancellationToken cancellationToken) => (await OfAsync([asset], cancellationToken))[0];

    /// <summary>In the same order, by two readings however many they are.</summary>
    /// <param name="assets">At most 1000.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<AssetAnswer>> OfAsync(IReadOnlyCollection<Asset> assets, CancellationToken cancellationToken)
    {
        string[] begun = [.. assets.Where(asset => asset.State is not (AssetState.Inspecting or AssetState.Refused)).Select(asset => asset.Id)];
        var presentations = await _presentations.GetManyAsync(begun, cancellationToken);
        var statuses = await _statuses.GetManyAsync(begun, cancellationToken);
        return [.. assets.Select(asset => AssetAnswer.Of(asset, presentations.GetValueOrDefault(asset.Id)?.Value, statuses.GetValueOrDefault(asset.Id)?.Value))];
    }
}
