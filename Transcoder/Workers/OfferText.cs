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
        if (await _texts.GetAsync(id, cancellationToken) is not { Value: { IsPending: true } text } stored) return;
        var titles = new List<Presentation>();
        var ofAsset = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", text.AssetId)] };
        await foreach (var title in _presentations.QueryAllAsync(ofAsset, cancellationToken)) titles.Add(title.Value);
        if (text.IsDeleted)
        {
            var isOut = true;
            foreach (var title in titles) isOut &= await store.RemoveAsync(title, text.Rendition, cancellationToken);
            if (isOut) await _texts.ReplaceAsync(id, stored.Version, text with { IsPending = false }, cancellationToken);
            return;
        }

        var state = (await _assets.GetAsync(text.AssetId, cancellationToken))?.Value.State;

        // Its master is still looked at, or is gone and Ingest removes the text with it.
        if (state is null or AssetState.Deleted || (state != AssetState.Refused && titles.Count == 0)) return;
        var (isIn, problem) = (true, (Problem?)null);
        foreach (var title in titles.Where(t => t.RetiredAt is null))
        {
            var (isAdded, fault) = await AddAsync(title, text, cancellationToken);
            (isIn, problem) = (isIn && (isAdded || fault is not null), fault ?? problem);
        }

        // What was written meanwhile, its deletion or another encoding that wants it, is looked at by the next sweep.
        if (!isIn) return;
        var offered = text with { IsPending = false, Problem = problem is null ? null : ProblemReport.Of(problem) };
        await _texts.ReplaceAsync(id, stored.Version, offered, cancellationToken);
    }

    /// <returns>Whether the title has it, and why it goes without it for good.</returns>
    private async Task<(bool IsAdded, Problem? Fault)> AddAsync(Presentation title, SideText text, CancellationToken cancellationToken)
    {
        if (title.Text.Any(t => t.Name == text.Rendition)) return (true, null);
        await using var stored = await blobs.OpenReadAsync(text.BlobKey, cancellationToken: cancellationToken)
            ?? throw new IOException($"The text {text.BlobKey} is gone.");
        using var reader = new StreamReader(stored);
        var cues = CueList.Of(
            TimedTextFile.Read(await reader.ReadToEndAsync(cancellationToken), text.Format),
            shift: 0,
            (long)Math.Ceiling((title.Frames / title.Grid.FrameRate).Value * 1000));
        if (cues.Count == 0) return (false, TextProblems.Empty);
        if (CueList.IsTooHeavy(cues, TextPackager.SegmentMilliseconds(title.Grid))) return (false, TextProblems.TooLarge);
        var isAdded = await store.AddAsync(
            title,
            cues,
            text.Rendition,
            (segments, bytes) => new TextRendition(text.Rendition, text.Language, text.Label, text.Role, IsDefault: false, segments, bytes),
            cancellationToken);
        return (isAdded, null);
    }
}
