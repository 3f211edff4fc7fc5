using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>The stages' scores as one.</summary>
/// <param name="Weights">One a stage.</param>
/// <param name="PriorHalf">Known titles at which the weight of popularity has fallen to half.</param>
internal sealed record Blend(float[] Weights, float PriorHalf)
{
    /// <param name="known">Of <see cref="Interactions.History.Amount"/>.</param>
    public float WeightOf(Stage stage, float known) =>
        stage == Stage.Popularity ? Weights[(int)stage] * PriorHalf / (PriorHalf + known) : Weights[(int)stage];

    public Blend OnlyPopularity() => this with { Weights = [.. Weights.Select((_, stage) => stage == (int)Stage.Popularity ? 1f : 0)] };

    public Blend WithoutPopularity() => this with { Weights = [.. Weights.Select((weight, stage) => stage == (int)Stage.Popularity ? 0 : weight)] };

    /// <summary>Writes <see cref="StageScores.Total"/>.</summary>
    public void Combine(StageScores scores, float known)
    {
        scores.Total.AsSpan().Clear();
        foreach (var stage in Enum.GetValues<Stage>())
            if (WeightOf(stage, known) is not 0f and var weight) TensorPrimitives.MultiplyAdd(scores.Of(stage), weight, scores.Total, scores.Total);
    }
}
