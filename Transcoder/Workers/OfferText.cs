using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Workers;

/// <summary>Puts one text that was uploaded beside a master into every encoding that plays or will, or takes it out of all.</summary>
internal sealed class OfferText(IDocuments documents, IBlobs blobs, TextStore store)
{
    private readonly IDocumentSet<SideText> _texts = documents.Set(SideText.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await _texts.GetAsync(id, cancellationToken) is not { Value: { IsPending: true } text }) return;
        var titles = new List<Presentation>();
        var ofAsset = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", text.AssetId)] };
        await foreach (var title in _presentations.QueryAllAsync(ofAsset, cancellationToken)) titles.Add(title.Value);
        if (text.IsDeleted)
        {
            foreach (var title in titles) await store.RemoveAsync(title, text.Rendition, cancellationToken);
            await _texts.UpdateAsync(id, t => t with { IsPending = false }, cancellationToken);
            return;
        }

        var state = (await _assets.GetAsync(text.AssetId, cancellationToken))?.Value.State;

        // Its master is still looked at, or is gone and Ingest removes the text with it.
        if (state is null or AssetState.Deleted || (state != AssetState.Refused && titles.Count == 0)) return;
        Problem? problem = null;
        foreach (var title in titles.Where(t => t.RetiredAt is null)) problem = await AddAsync(title, text, cancellationToken) ?? problem;
        await _texts.UpdateAsync(
            id,
            t => t.IsDeleted ? null : t with { IsPending = false, Problem = problem is null ? null : ProblemReport.Of(problem) },
            cancellationToken);
    }

    /// <returns>Why the title goes without it; null when it does not.</returns>
    private async Task<Problem?> AddAsync(Presentation title, SideText text, CancellationToken cancellationToken)
    {
        if (title.Text.Any(t => t.Name == text.Rendition)) return null;
        await using var stored = await blobs.OpenReadAsync(text.BlobKey, cancellationToken: cancellationToken)
            ?? throw new IOException($"The text {text.BlobKey} is gone.");
        using var reader = new StreamReader(stored);
        var cues = CueList.Of(
            TimedTextFile.Read(await reader.ReadToEndAsync(cancellationToken), text.Format),
            shift: 0,
            (long)Math.Ceiling((title.Frames / title.Grid.FrameRate).Value * 1000));
        if (cues.Count == 0) return TextProblems.Empty;
        if (CueList.IsTooHeavy(cues, TextPackager.SegmentMilliseconds(title.Grid))) return TextProblems.TooLarge;
        await store.AddAsync(
            title,
            cues,
            text.Rendition,
            (segments, bytes) => new TextRendition(text.Rendition, text.Language, text.Label, text.Role, IsDefault: false, segments, bytes),
            cancellationToken);
        return null;
    }
}
