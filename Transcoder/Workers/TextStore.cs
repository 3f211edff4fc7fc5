using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>Makes text count: its blobs first, then the one compare-and-set that lists it, so that players find all of it or nothing.</summary>
internal sealed class TextStore(IDocuments documents, IBlobs blobs, IBus bus)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly TextPackager _packager = new(blobs);

    /// <summary>What was taken out of a track of the master, on its clock.</summary>
    /// <returns>Why there is no rendition; null when there is.</returns>
    public async Task<Problem?> AddAsync(Job job, Presentation title, TextPlan track, IEnumerable<Cue> read, CancellationToken ct)
    {
        var cues = CueList.Of(read, FfmpegArguments.TextShift(job.Plan, track), (long)Math.Ceiling(job.Plan.DurationSeconds * 1000));
        if (cues.Count == 0) return TextProblems.Empty;
        if (CueList.IsTooHeavy(cues, TextPackager.SegmentMilliseconds(title.Grid))) return TextProblems.TooLarge;
        await AddAsync(title, cues, track.Name, track.Rendition, [], ct);
        return null;
    }

    /// <summary>Lists a rendition of <paramref name="cues"/>, or does nothing when the title is gone, or encoded anew. Text beside the master comes
    /// behind the master's own, in the order in which it was uploaded: names of the same language are told apart by it.</summary>
    /// <param name="title">Where.</param>
    /// <param name="cues">What is shown.</param>
    /// <param name="name">Of the rendition.</param>
    /// <param name="rendition">Made of the number of its segments and bytes.</param>
    /// <param name="beside">Names of all renditions of text beside the master, oldest first; none where one of its own is listed.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when the title is about to become current: ask again.</returns>
    public async Task<bool> AddAsync(
        Presentation title, IReadOnlyList<Cue> cues, string name, Func<int, int, TextRendition> rendition, IReadOnlyList<string> beside, CancellationToken ct)
    {
        var folder = $"{Presentation.Folder(title.AssetId, title.Revision)}/{name}";
        var (segments, bytes) = await _packager.WriteAsync(folder, cues, title.Grid, title.Frames, ct);
        var made = rendition(segments, bytes);
        return await ChangeAsync(title, p => p.Text.Any(t => t.Name == name) ? null : p with { Text = [.. p.Text.Append(made).OrderBy(Place)] }, ct);

        int Place(TextRendition text) => SideText.IsRendition(text.Name) ? 1 + beside.TakeWhile(other => other != text.Name).Count() : 0;
    }

    /// <returns>False when the title is about to become current: ask again.</returns>
    public Task<bool> RemoveAsync(Presentation title, string name, CancellationToken ct) =>
        ChangeAsync(title, p => p.Text.Any(t => t.Name == name) ? p with { Text = [.. p.Text.Where(t => t.Name != name)] } : null, ct);

    private async Task<bool> ChangeAsync(Presentation title, Func<Presentation, Presentation?> change, CancellationToken ct)
    {
        var now = await _presentations.UpdateRevisionAsync(title.AssetId, title.Revision, change, ct);
        await bus.PublishAsync(Topics.PresentationChanged, title.AssetId, ct);
        return now is null || change(now.Value) is null;
    }
}
