using System.Diagnostics;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>Trains all stages, and keeps how long each took.</summary>
internal sealed class StageTraining(TrainingOptions options, OpenBlas? blas)
{
    /// <summary>In the order of their training, the last time. On a busy machine CPU time tells more.</summary>
    public Dictionary<string, (TimeSpan Wall, TimeSpan Cpu)> Took { get; } = [];

    /// <param name="features">Of the same titles as the table's.</param>
    /// <param name="neighbours">Of these features.</param>
    public StageSet Train(InteractionTable table, SparseRows features, SparseRows neighbours)
    {
        var counts = table.Counts();
        var head = Head.Of(counts, options.HeadTitles);
        return new()
        {
            Options = options, Viewers = counts, Neighbours = neighbours,
            Items = Timed("items", () => ItemModelTraining.Train(table, head, options, blas)),
            Next = Timed("next", () => NextModelTraining.Train(table, head, options, blas)),
            Factors = new(Timed("factors", () => Factors(table, counts, features)), options),
            Moments = MomentAffinity.Of(table),
        };
    }

    public T Timed<T>(string name, Func<T> train)
    {
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var trained = train();
        Took[name] = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        return trained;
    }

    private float[] Factors(InteractionTable table, int[] counts, SparseRows features)
    {
        var factors = FactorTraining.Train(table, options);
        ColdFactors.Fill(factors, counts, features, options);
        return factors;
    }
}
