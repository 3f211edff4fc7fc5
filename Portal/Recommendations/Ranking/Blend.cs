using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>The stages' scores as one.</summary>
/// <param name="Weights">One a stage.</param>
/// <param name="PriorHalf">Known titles at which the weight of popularity has fallen to half.</param>
internal sealed record Blend(float[] Weights, float PriorHalf)
{
    // Totals that the first-level cache holds while all stages are added.
    private const int Together = 4096;

    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    /// <param name="known">Of <see cref="Interactions.History.Amount"/>.</param>
    public float WeightOf(Stage stage, float known) =>
        stage == Stage.Popularity ? Weights[(int)stage] * PriorHalf / (PriorHalf + known) : Weights[(int)stage];

    public Blend OnlyPopularity() => this with { Weights = [.. Weights.Select((_, stage) => stage == (int)Stage.Popularity ? 1f : 0)] };

    public Blend WithoutPopularity() => this with { Weights = [.. Weights.Select((weight, stage) => stage == (int)Stage.Popularity ? 0 : weight)] };

    /// <summary>Writes <see cref="StageScores.Total"/>.</summary>
    public void Combine(StageScores scores, float known)
    {
        for (var first = 0; first < scores.Total.Length; first += Together)
        {
            var totals = scores.Total.AsSpan(first, Math.Min(Together, scores.Total.Length - first));
            totals.Clear();
            foreach (var stage in Stages)
                if (WeightOf(stage, known) is not 0f and var weight)
                    TensorPrimitives.MultiplyAdd(scores.Of(stage).Slice(first, totals.Length), weight, totals, totals);
        }
    }
}
