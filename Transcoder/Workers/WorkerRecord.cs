using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Workers;

/// <summary>A worker as the others see it; id: its name.</summary>
internal sealed record WorkerRecord(
    string Name, string Host, int EncodeSlots, int LightSlots, int Busy, DateTimeOffset StartedAt, DateTimeOffset SeenAt)
{
    /// <summary>A worker that has not been seen for this long counts as gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>How long one that is gone is still told of. A pool that grows and shrinks has a new name for each that comes.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public static readonly DocumentSchema<WorkerRecord> Schema = new DocumentSchema<WorkerRecord>("workers")
        .Field("seen", w => w.SeenAt)
        .Index("seen");
}
