using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Playing;

internal static class PlayRefusals
{
    /// <summary>What the origin says of an asset, as what a viewer can understand of a title.</summary>
    public static ProblemHttpResult Of(Problem refusal) =>
        refusal.Status >= 500 ? refusal.ToResult() : WatchingProblems.NotPlayable.ToResult(refusal.Sentence);
}
