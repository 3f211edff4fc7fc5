using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>
/// Makes a model: the stages without what is hidden of some viewers, from these the blend and the ranker, from a part that neither saw whether
/// the ranker is better; then the stages again, with everything.
/// </summary>
internal sealed class ModelTraining(TrainingOptions options, OpenBlas? blas)
{
    // Of the cases, to judge the ranker by.
    private const double JudgeShare = 0.15;

    // Seven numbers need no more cases than that.
    private const int BlendCases = 1500;

    public StageTraining Stages { get; } = new(options, blas);

    /// <summary>How the last model did.</summary>
    public Judgement Judged { get; private set; } = Judgement.None;

    public RecommendationModel Train(InteractionTable table, IReadOnlyList<ContentText> texts, HiddenPart hidden)
    {
        var content = Stages.Timed("texts", () => ContentFeatures.Of(texts));
        var (rest, cases) = HoldOut.Of(table, hidden, options.Cases, options.Seed);
        var early = Stages.Train(rest, content);
        var judging = cases[..(int)(cases.Length * JudgeShare)];
        var learning = cases[judging.Length..];
        var blend = Stages.Timed("blend", () => BlendFit.Fit(early, learning[..Math.Min(BlendCases, learning.Length)]));
        var ranker = Stages.Timed("ranker", () => RankerTraining.Train(early, blend, learning, options));
        var model = new RecommendationModel(early, blend, ranker);
        Judged = Judgement.Of(model, judging);
        if (!(Judged.Ranked > Judged.Blended)) model = model with { Ranker = null };
        return model with { Stages = Stages.Train(table, content) };
    }
}
