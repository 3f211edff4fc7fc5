using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Workers;

/// <summary>A worker as the others see it; id: its name.</summary>
internal sealed record WorkerRecord(
    string Name, string Host, int EncodeSlots, int LightSlots, int Busy, DateTimeOffset StartedAt, DateTimeOffset SeenAt)
{
    /// <summary>A worker that has not been seen for this long counts as gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static readonly DocumentSchema<WorkerRecord> Schema = new DocumentSchema<WorkerRecord>("workers")
        .Field("seen", w => w.SeenAt)
        .Index("seen");
}
