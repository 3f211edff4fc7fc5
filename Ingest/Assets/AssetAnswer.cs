using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
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
internal sealed record AssetAnswer(
    string Id,
    string State,
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
    RenditionsAnswer? Renditions)
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
            state switch { "encoding" => status?.Progress ?? 0, "ready" => 1, _ => null },
            state is "encoding" ? status?.EtaSeconds : null,
            state is "encoding" ? status?.Speed : null,
            state is "encoding" ? status?.QueuePlace : null,
            status?.JobId,
            state is "encoding" or "ready" && presentation?.PlayableAt is not null,
            presentation?.HasPoster ?? false,
            asset.Media,
            presentation is null ? null : new(presentation.Video, presentation.Audio));
    }

    private static string StateOf(Asset asset, Presentation? presentation) => asset.State switch
    {
        AssetState.Inspecting => "inspecting",
        AssetState.Refused => "refused",
        _ => presentation?.State switch
        {
            PresentationState.Ready => "ready",
            PresentationState.Failed => "failed",
            PresentationState.Cancelled => "cancelled",
            _ => "encoding",
        },
    };
}

internal sealed record RenditionsAnswer(IReadOnlyList<VideoRendition> Video, IReadOnlyList<AudioRendition> Audio);

/// <summary>Puts an answer together from the documents of the services.</summary>
internal sealed class AssetView(IDocuments documents)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<EncodingStatus> _statuses = documents.Set(EncodingStatus.Schema);

    public async Task<AssetAnswer> OfAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset.State is AssetState.Inspecting or AssetState.Refused) return AssetAnswer.Of(asset, null, null);
        var presentation = await _presentations.GetAsync(asset.Id, cancellationToken);
        var status = await _statuses.GetAsync(asset.Id, cancellationToken);
        return AssetAnswer.Of(asset, presentation?.Value, status?.Value);
    }
}
