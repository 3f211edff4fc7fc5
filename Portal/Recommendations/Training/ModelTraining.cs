using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>
/// Makes a model: the stages without what is hidden of some viewers, from these the blend and the ranker, from a part that neither saw whether
/// the ranker is better; then the stages again, with everything.
/// </summary>
/// <param name="stop">Ends it before its next step.</param>
internal sealed class ModelTraining(TrainingOptions options, OpenBlas? blas, CancellationToken stop = default)
{
    /// <summary>Of the viewers of whom something is hidden, to judge the ranker by.</summary>
    public const double JudgeShare = 0.15;

    // Seven numbers need no more cases than that.
    private const int BlendCases = 1500;

    // The ranker would take the blend's order for better than it is by cases that the blend was fitted to. It learns from others where there are so many
    // times as many; of fewer cases both need all, and seven numbers fit little to each.
    private const int CasesForBoth = 4;

    public StageTraining Stages { get; } = new(options, blas, stop);

    /// <summary>How the last model did.</summary>
    public Judgement Judged { get; private set; } = Judgement.None;

    /// <summary>How many viewers there would be to judge a model by.</summary>
    public int JudgesOf(InteractionTable table) => (int)(Math.Min(options.Cases, HoldOut.Count(table)) * JudgeShare);

    /// <exception cref="ArgumentException">No viewer's history is long enough to hide something of it.</exception>
    public RecommendationModel Train(InteractionTable table, IReadOnlyList<ContentText> texts, HiddenPart hidden)
    {
        var (rest, cases) = HoldOut.Of(table, hidden, options.Cases, options.Seed);
        if (cases.Length == 0) throw new ArgumentException($"Nobody has watched {HoldOut.ShortestHistory} titles, of which one could be hidden.", nameof(table));
        var content = Stages.Timed("texts", () => ContentFeatures.Of(texts));
        var early = Stages.Train(rest, content);
        var judging = cases[..(int)(cases.Length * JudgeShare)];
        var learning = cases[judging.Length..];
        var blend = Stages.Timed("blend", () => BlendFit.Fit(early, learning[..Math.Min(BlendCases, learning.Length)]));
        var ranking = learning.Length < CasesForBoth * BlendCases ? learning : learning[BlendCases..];
        var ranker = Stages.Timed("ranker", () => RankerTraining.Train(early, blend, Case.WithShortened(ranking), options));
        var model = new RecommendationModel(early, blend, ranker);
        Judged = Judgement.Of(model, judging);
        if (!Judged.IsRankedBest) model = model with { Ranker = null };
        return model with { Stages = Stages.Train(table, content) };
    }
}
