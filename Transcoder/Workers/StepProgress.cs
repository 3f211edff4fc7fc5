namespace FlickStream.Transcoder.Workers;

/// <summary>Where a running step is; written by the step, read by whoever renews its lease.</summary>
internal sealed class StepProgress
{
    private sealed record Mark(double Done, double? Speed);

    private volatile Mark _mark = new(0, null);

    /// <summary>0..1.</summary>
    public double Done => _mark.Done;

    /// <summary>Seconds of master a second.</summary>
    public double? Speed => _mark.Speed;

    public void Report(double done, double? speed) => _mark = new Mark(Math.Clamp(done, 0, 1), speed);
}
