using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;

namespace FlickStream.Ingest.Texts;

/// <param name="Id">For its DELETE.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Label">Shown to viewers.</param>
/// <param name="Encoding">How the file was read; <c>windows-1252</c> is a guess.</param>
/// <param name="Cues">In the file.</param>
/// <param name="Offset">Seconds that are added to its times: those that were asked for, else those that were found once it is offered, such as -3600 for a
/// programme that begins at 01:00:00; null until then.</param>
/// <param name="Offered">Players are offered it: it is whole in the title's manifests.</param>
/// <param name="Problem">Why it cannot be offered; null otherwise.</param>
internal sealed record TextAnswer(
    string Id,
    string Language,
    TextRole Role,
    string Label,
    TextFormat Format,
    string Encoding,
    int Cues,
    double? Offset,
    bool Offered,
    ProblemReport? Problem,
    DateTimeOffset CreatedAt)
{
    public static TextAnswer Of(SideText text, Presentation? presentation) => new(
        text.TextId,
        text.Language,
        text.Role,
        text.Label,
        text.Format,
        text.Encoding,
        text.Cues,
        text.Offset ?? text.Added,
        presentation?.Text.Any(t => t.Name == text.Rendition) ?? false,
        text.Problem,
        text.CreatedAt);
}
