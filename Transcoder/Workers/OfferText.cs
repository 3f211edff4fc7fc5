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

        var asset = (await _assets.GetAsync(text.AssetId, cancellationToken))?.Value;
        var state = asset?.State;

        // Its master is still looked at, or is gone and Ingest removes the text with it.
        if (state is null or AssetState.Deleted || (state != AssetState.Refused && titles.Count == 0)) return;
        var ofTexts = ofAsset with { Sort = [new DocumentSort("created")] };
        var beside = new List<string>();
        await foreach (var other in _texts.QueryAllAsync(ofTexts, cancellationToken)) beside.Add(other.Value.Rendition);
        var (isIn, problem, added) = (true, (ProblemReport?)null, (double?)null);
        foreach (var title in titles.Where(t => t.RetiredAt is null))
        {
            var (isAdded, fault, seconds) = await AddAsync(title, text, beside, asset?.Media?.TimecodeSeconds, cancellationToken);
            (isIn, problem, added) = (isIn && (isAdded || fault is not null), fault ?? problem, seconds ?? added);
        }

        // What was written meanwhile, its deletion or another encoding that wants it, is looked at by the next sweep.
        if (!isIn) return;
        var offered = text with { IsPending = false, Problem = problem, Added = added ?? text.Added };
        await _texts.ReplaceAsync(id, stored.Version, offered, cancellationToken);
    }

    /// <returns>Whether the title has it, why it goes without it for good, and the seconds that were added to its times now.</returns>
    private async Task<(bool IsAdded, ProblemReport? Fault, double? Added)> AddAsync(
        Presentation title, SideText text, IReadOnlyList<string> beside, double? timecode, CancellationToken cancellationToken)
    {
        if (title.Text.Any(t => t.Name == text.Rendition)) return (true, null, null);
        await using var stored = await blobs.OpenReadAsync(text.BlobKey, cancellationToken: cancellationToken)
            ?? throw new IOException($"The text {text.BlobKey} is gone.");
        using var reader = new StreamReader(stored);
        List<Cue> read = [.. TimedTextFile.Read(await reader.ReadToEndAsync(cancellationToken), text.Format).Take(CueList.MaxCues).Where(cue => cue.Text.Length > 0)];
        var length = (long)Math.Ceiling((title.Frames / title.Grid.FrameRate).Value * 1000);
        var shift = text.Offset is { } offset ? (long)Math.Round(offset * 1000) : read.Count == 0 ? 0 : ProgrammeTime.ShiftOf(read, length, (long?)(timecode * 1000)) ?? 0;
        var cues = CueList.Of(read, shift, length);
        if (cues.Count == 0)
            return (false, read.Count == 0 ? ProblemReport.Of(TextProblems.Empty) : ProblemReport.Of(ProgrammeTime.OutsideTitle, ProgrammeTime.Detail(read, length)), null);
        if (CueList.IsTooHeavy(cues, TextPackager.SegmentMilliseconds(title.Grid))) return (false, ProblemReport.Of(TextProblems.TooLarge), null);
        var isAdded = await store.AddAsync(
            title,
            cues,
            text.Rendition,
            (segments, bytes) => new TextRendition(text.Rendition, text.Language, text.Label, text.Role, IsDefault: false, segments, bytes),
            beside,
            cancellationToken);
        return (isAdded, null, shift / 1000.0);
    }
}
