using System.Diagnostics.Metrics;

namespace FlickStream.Ingest;

internal sealed class IngestMetrics
{
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _inspectionSeconds;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FlickStream.Ingest");
        _bytes = meter.CreateCounter<long>("flickstream.uploads.received", "By", "Bytes of masters that came in.");
        _inspectionSeconds = meter.CreateHistogram(
            "flickstream.inspection.duration", "s", "Of inspections, by outcome: accepted, or the refusal's code.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300] });
    }

    public void Received(long bytes) => _bytes.Add(bytes);

    /// <param name="outcome"><c>accepted</c>, or the refusal's code.</param>
    /// <param name="took">With the time to get at the master.</param>
    public void Inspected(string outcome, TimeSpan took) =>
        _inspectionSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
}
