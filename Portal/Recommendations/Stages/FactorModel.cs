using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>A vector for each title; a viewer's is made of the history when it is asked for, so that new viewers need no training.</summary>
internal sealed class FactorModel
{
    private readonly float[] _gram;
    private readonly TrainingOptions _options;

    /// <param name="values">A row of <see cref="TrainingOptions.Factors"/> a title.</param>
    public FactorModel(float[] values, TrainingOptions options)
    {
        (Values, _options, Titles) = (values, options, values.Length / options.Factors);
        _gram = FactorSolver.Gram(values, options.Factors);
    }

    public float[] Values { get; }

    public int Titles { get; }

    public int Width => _options.Factors;

    public ReadOnlySpan<float> Of(int title) => Values.AsSpan(title * Width, Width);

    /// <summary>Values about 0 for what is far from the viewer's taste and 1 for what is of it.</summary>
    public void AddTo(Span<float> scores, History history)
    {
        if (history.Length == 0) return;
        var viewer = Viewer(history);
        for (var title = 0; title < Titles; title++) scores[title] += Dot(title, viewer);
    }

    public float Dot(int title, ReadOnlySpan<float> viewer) => TensorPrimitives.Dot(Of(title), viewer);

    public float[] Viewer(History history)
    {
        var viewer = new float[Width];
        new FactorSolver(_options).Solve(history.Titles.Span, history.Weights.Span, Values, _gram, Titles, viewer);
        return viewer;
    }

    /// <summary>For each place of a history the vector that the viewer had without it; of null with all. What is the same of all is summed once.</summary>
    public Func<int?, float[]> Viewers(History history)
    {
        var (solver, matrix, right) = (new FactorSolver(_options), new float[Width * Width], new float[Width]);
        solver.Sum(history.Titles.Span, history.Weights.Span, Values, _gram, matrix, right);
        var none = new float[Width];
        return left =>
        {
            var viewer = new float[Width];
            var row = left is { } place ? Of(history.Titles.Span[place]) : none;
            solver.SolveWithout(row, left is { } at ? history.Weights.Span[at] : 0, history.Length - (left is null ? 0 : 1), Titles, matrix, right, viewer);
            return viewer;
        };
    }

    /// <summary>Cosine, -1..1; 0 where nothing is known of either.</summary>
    public float Likeness(int title, int other)
    {
        var likeness = TensorPrimitives.CosineSimilarity(Of(title), Of(other));
        return float.IsNaN(likeness) ? 0 : likeness;
    }
}
