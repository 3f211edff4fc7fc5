using System.Diagnostics;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>Trains all stages, and keeps how long each took.</summary>
/// <param name="stop">Ends it before its next step.</param>
internal sealed class StageTraining(TrainingOptions options, OpenBlas? blas, CancellationToken stop = default)
{
    /// <summary>In the order of their training, the last time. On a busy machine CPU time tells more.</summary>
    public Dictionary<string, (TimeSpan Wall, TimeSpan Cpu)> Took { get; } = [];

    /// <param name="content">Of the same titles as the table's.</param>
    public StageSet Train(InteractionTable table, ContentFeatures content)
    {
        var counts = table.Counts();
        var head = Head.Of(counts, options.HeadTitles);
        var items = Timed("items", () => ItemModelTraining.Train(table, head, options, blas));
        var next = Timed("next", () => NextModelTraining.Train(table, head, options, blas));
        var factors = Timed("factors", () => FactorTraining.Train(table, options));
        var learned = Timed("content", () => LearnedContent.Of(content, factors, counts, options));
        return new()
        {
            Options = options, Viewers = counts, Popularity = table.Popularity(), Items = items, Next = next, Factors = new(factors, options),
            Moments = MomentAffinity.Of(table), First = table.First,
            Neighbours = Timed("neighbours", () => ContentNeighbours.Of(learned)),
        };
    }

    public T Timed<T>(string name, Func<T> train)
    {
        stop.ThrowIfCancellationRequested();
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var trained = train();
        Took[name] = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        return trained;
    }
}
