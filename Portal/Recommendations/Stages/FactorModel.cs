using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>A vector for each title; a viewer's is made of the history when it is asked for, so that new viewers need no training.</summary>
internal sealed class FactorModel
{
    private readonly ShortRows _short;
    private readonly float[] _gram;
    private readonly TrainingOptions _options;

    /// <param name="values">A row of <see cref="TrainingOptions.Factors"/> a title; afterwards rounded to 16 bits.</param>
    public FactorModel(float[] values, TrainingOptions options)
    {
        (Values, _options, Titles) = (values, options, values.Length / options.Factors);
        _short = ShortRows.Of(values, options.Factors);
        _gram = FactorSolver.Gram(values, options.Factors);
    }

    public float[] Values { get; }

    public int Titles { get; }

    public int Width => _options.Factors;

    public ReadOnlySpan<float> Of(int title) => Values.AsSpan(title * Width, Width);

    /// <summary>Values about 0 for what is far from the viewer's taste and 1 for what is of it.</summary>
    public void Write(Span<float> scores, History history)
    {
        if (history.Length == 0) scores.Clear();
        else _short.Multiply(Viewer(history), scores);
    }

    public float Dot(int title, ReadOnlySpan<float> viewer) => TensorPrimitives.Dot(Of(title), viewer);

    public float[] Viewer(History history)
    {
        var viewer = new float[Width];
        new FactorSolver(_options).Solve(history.Titles.Span, history.Weights.Span, Values, _gram, Titles, viewer);
        return viewer;
    }

    public ViewersWithout Without(History history) => new(this, _gram, _options, history);

    /// <summary>Cosine, -1..1; 0 where nothing is known of either.</summary>
    public float Likeness(int title, int other)
    {
        var likeness = TensorPrimitives.CosineSimilarity(Of(title), Of(other));
        return float.IsNaN(likeness) ? 0 : likeness;
    }
}
