using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>What a step tells the studio of a title that is made all the same.</summary>
internal sealed class TitleNotices(IDocuments documents, IBus bus)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    /// <summary>Adds a notice once, or does nothing when the title is gone.</summary>
    public async Task AddAsync(string assetId, string revision, ProblemReport notice, CancellationToken ct)
    {
        await _presentations.UpdateRevisionAsync(
            assetId, revision, p => p.Notices.Contains(notice) ? null : p with { Notices = [.. p.Notices, notice] }, ct);
        await bus.PublishAsync(Topics.PresentationChanged, assetId, ct);
    }
}
