using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// The vectors that a viewer would have without one title or another: their equations differ by that title's row alone, so that one decomposition
/// serves all (Sherman and Morrison). For one thread at a time.
/// </summary>
internal sealed class ViewersWithout
{
    private readonly FactorModel _factors;
    private readonly History _history;
    private readonly FactorSolver _solver;
    private readonly float[] _decomposed;

    // Of the whole history with the ridge of one title less.
    private readonly float[] _near;

    /// <param name="gram">Of all titles.</param>
    public ViewersWithout(FactorModel factors, float[] gram, TrainingOptions options, History history)
    {
        (_factors, _history, _solver) = (factors, history, new(options));
        (_decomposed, _near) = (new float[gram.Length], new float[factors.Width]);
        _solver.Sum(history.Titles.Span, history.Weights.Span, factors.Values, gram, _decomposed, _near);
        _solver.Decompose(_decomposed, Math.Max(0, history.Length - 1), factors.Titles);
        _solver.Substitute(_decomposed, _near);
    }

    public float[] Of(int place)
    {
        var row = _factors.Of(_history.Titles.Span[place]);
        var weight = _history.Weights.Span[place];
        var viewer = row.ToArray();
        _solver.Substitute(_decomposed, viewer);
        var (own, known) = (TensorPrimitives.Dot<float>(row, viewer), TensorPrimitives.Dot<float>(row, _near));
        TensorPrimitives.MultiplyAdd(viewer, weight * (known - 1) / (1 - (weight * own)), _near, viewer);
        return viewer;
    }
}
