using System.Diagnostics.Metrics;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder;

/// <summary>What operators watch and autoscalers act on.</summary>
internal sealed class TranscoderMetrics
{
    private readonly Histogram<double> _stepSeconds;
    private readonly Histogram<double> _speed;
    private readonly Counter<long> _leasesLost;
    private volatile IReadOnlyList<LaneDepth> _queue = [];

    public TranscoderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FlickStream.Transcoder");
        _stepSeconds = meter.CreateHistogram(
            "flickstream.step.duration", "s", "From a step's claim to its end.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] });
        _speed = meter.CreateHistogram(
            "flickstream.encode.speed", null, "Seconds of master that one encoding covers a second.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] });
        _leasesLost = meter.CreateCounter<long>("flickstream.leases.lost", null, "Claims that ended because their worker was not heard of.");
        meter.CreateObservableGauge(
            "flickstream.queue.depth", () => Measured(lane => (long)lane.Steps), null, "Steps that are ready; those that pause after a failure too.");
        meter.CreateObservableGauge(
            "flickstream.queue.age", () => Measured(lane => lane.Age.TotalSeconds), "s", "How long the step that is first in line has waited.");
    }

    public void Queue(IReadOnlyList<LaneDepth> lanes) => _queue = lanes;

    public void StepEnded(Step step, string outcome, TimeSpan took, double? speed)
    {
        var kind = KeyValuePair.Create("kind", (object?)step.Plan.Kind.ToString().ToLowerInvariant());
        _stepSeconds.Record(took.TotalSeconds, kind, KeyValuePair.Create("outcome", (object?)outcome));
        if (outcome == "done" && speed is { } value) _speed.Record(value, kind);
    }

    public void LeaseLost() => _leasesLost.Add(1);

    private IEnumerable<Measurement<T>> Measured<T>(Func<LaneDepth, T> value)
        where T : struct =>
        _queue.Select(lane => new Measurement<T>(value(lane), KeyValuePair.Create("lane", (object?)lane.Lane.ToString().ToLowerInvariant())));
}

/// <param name="Lane">Which steps.</param>
/// <param name="Steps">How many could be claimed.</param>
/// <param name="Age">Of the one that is first in line, since it could be claimed.</param>
internal sealed record LaneDepth(StepLane Lane, long Steps, TimeSpan Age);
