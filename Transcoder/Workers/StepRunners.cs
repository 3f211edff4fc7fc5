using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

internal sealed class StepRunners(EncodeVideo video, EncodeAudio audio, ExtractText text, MakePoster poster, Reprotect reprotect, Publish publish)
{
    /// <returns>Null when the step's results are stored, else why not.</returns>
    public Task<StepFault?> RunAsync(Claim claim, StepProgress progress, CancellationToken cancellationToken) => claim.Step.Plan.Kind switch
    {
        StepKind.Video => video.RunAsync(claim, progress, cancellationToken),
        StepKind.Audio => audio.RunAsync(claim, progress, cancellationToken),
        StepKind.Text or StepKind.Captions => text.RunAsync(claim, cancellationToken),
        StepKind.Poster => poster.RunAsync(claim, cancellationToken),
        StepKind.Protect => reprotect.RunAsync(claim, progress, cancellationToken),
        StepKind.Publish => publish.RunAsync(claim, cancellationToken),
        var other => throw new InvalidOperationException($"No runner for {other}."),
    };
}
