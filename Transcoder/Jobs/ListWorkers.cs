using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Jobs;

internal static class ListWorkers
{
    internal sealed record WorkerView(string Name, string Host, int EncodeSlots, int LightSlots, int Busy, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsAlive);

    internal sealed record Page(IReadOnlyList<WorkerView> Items, string? Next);

    public static async Task<Page> Handle(IDocuments documents, TimeProvider time, CancellationToken cancellationToken, string? after = null)
    {
        var page = await documents.Set(WorkerRecord.Schema).QueryAsync(
            new DocumentQuery { Sort = [new DocumentSort("seen", Descending: true)], After = after }, cancellationToken);
        var alive = time.GetUtcNow() - WorkerRecord.Silence;
        return new Page(
            [.. page.Items.Select(i => i.Value).Select(w => new WorkerView(
                w.Name, w.Host, w.EncodeSlots, w.LightSlots, w.Busy, w.StartedAt, w.SeenAt, w.SeenAt >= alive))],
            page.Next);
    }
}
