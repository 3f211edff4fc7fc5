using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Workers;

/// <summary>Makes text count: its blobs first, then the one compare-and-set that lists it, so that players find all of it or nothing.</summary>
internal sealed class TextStore(IDocuments documents, IBlobs blobs, IBus bus)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly TextPackager _packager = new(blobs);

    /// <summary>Lists a rendition of <paramref name="cues"/>, or does nothing when the title is gone, or encoded anew.</summary>
    /// <returns>False when the title is about to become current: ask again.</returns>
    public async Task<bool> AddAsync(
        Presentation title, IReadOnlyList<Cue> cues, string name, Func<int, int, TextRendition> rendition, CancellationToken ct)
    {
        var folder = $"{Presentation.Folder(title.AssetId, title.Revision)}/{name}";
        var (segments, bytes) = await _packager.WriteAsync(folder, cues, title.Grid, title.Frames, ct);
        var made = rendition(segments, bytes);
        return await ChangeAsync(title, p => p.Text.Any(t => t.Name == name) ? null : p with { Text = [.. p.Text, made] }, ct);
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
