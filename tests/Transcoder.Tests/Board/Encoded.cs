using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Takes jobs to their end without ffmpeg: what their steps would have stored is written as documents.</summary>
internal static class Encoded
{
    private static CancellationToken Stop => BoardFixture.Stop;

    /// <summary>An asset whose first encoding is published.</summary>
    public static async Task<Job> ReadyAsync(this BoardFixture board, string assetId)
    {
        var job = await board.AddAsync(assetId);
        await board.FinishAsync(job);
        return job;
    }

    public static async Task FinishAsync(this BoardFixture board, Job job)
    {
        var publish = await board.EncodeAllAsync(job);
        Assert.Null(await board.Publish.RunAsync(publish, Stop));
        Assert.True(await board.Jobs.FinishAsync(publish, Stop));
        board.Clock.Advance(TimeSpan.FromMilliseconds(5));
    }

    /// <summary>All but publishing, which is claimed.</summary>
    public static async Task<Claim> EncodeAllAsync(this BoardFixture board, Job job)
    {
        job = await board.JobAsync(job.Id);
        foreach (var step in job.Plan.Steps().Where(step => !job.LeavesOut(step)))
            foreach (var rendition in step.Renditions.Where(_ => step.Chunk == 0)) await PutRunAsync(board, job, rendition);
        await board.Documents.Set(Presentation.Schema).UpdateRevisionAsync(
            job.AssetId, job.Plan.Revision, p => p with { HasPoster = true }, Stop);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var claims = await board.ClaimAllAsync();
            foreach (var other in claims.Where(claim => claim.Job.Id != job.Id)) await board.Jobs.HandBackAsync(other, Stop);
            foreach (var claim in claims.Where(claim => claim.Job.Id == job.Id))
            {
                if (claim.Step.Plan.Kind == StepKind.Publish) return claim;
                Assert.True(await board.Jobs.FinishAsync(claim, Stop));
            }
        }

        throw new InvalidOperationException($"Job {job.Id} does not come to its publishing.");
    }

    public static async Task<Presentation> CurrentAsync(this BoardFixture board, string assetId = "title") =>
        (await board.Documents.Set(Presentation.Schema).GetAsync(assetId, Stop))!.Value;

    public static async Task<Presentation?> AsideAsync(this BoardFixture board, string revision, string assetId = "title") =>
        (await board.Documents.Set(Presentation.Schema).GetAsync(Presentation.AsideId(assetId, revision), Stop))?.Value;

    public static async Task<Asset> AssetAsync(this BoardFixture board, string assetId = "title") =>
        (await board.Documents.Set(Asset.Schema).GetAsync(assetId, Stop))!.Value;

    /// <summary>The job of another encoding, which must be needed.</summary>
    public static async Task<Job> AgainAsync(this BoardFixture board, string assetId = "title")
    {
        var (job, problem) = await board.Encode.AgainAsync(await board.AssetAsync(assetId), 0, Stop);
        Assert.Null(problem);
        board.Clock.Advance(TimeSpan.FromMilliseconds(5));
        return job!;
    }

    /// <summary>As Origin does when no grant is left.</summary>
    public static Task ReleaseAsync(this BoardFixture board, string revision, string assetId = "title") =>
        board.Documents.Set(Presentation.Schema).UpdateAsync(
            Presentation.AsideId(assetId, revision), p => p with { ReleasedAt = board.Clock.GetUtcNow() }, Stop);

    /// <summary>Revision and rendition of every run that is left.</summary>
    public static async Task<List<string>> RunsAsync(this BoardFixture board)
    {
        var runs = new List<string>();
        await foreach (var run in board.Documents.Set(SegmentRun.Schema).QueryAllAsync(new DocumentQuery(), Stop))
            runs.Add($"{run.Value.Revision}/{run.Value.Rendition}");
        return [.. runs.Order(StringComparer.Ordinal)];
    }

    private static async Task PutRunAsync(BoardFixture board, Job job, string rendition)
    {
        var isVideo = job.Plan.Rungs.Any(rung => rung.Name == rendition);
        var ticks = isVideo ? job.Plan.Frames * job.Plan.Timeline.TicksPerFrame : AudioPlan.SampleRate * (long)job.Plan.DurationSeconds;
        var run = new SegmentRun
        {
            AssetId = job.AssetId,
            Revision = job.Plan.Revision,
            Rendition = rendition,
            Chunk = 0,
            First = 0,
            Segments = [new MeasuredSegment(1, ticks, [])],
        };
        await board.Documents.Set(SegmentRun.Schema).InsertAsync(
            SegmentRun.IdOf(run.AssetId, run.Revision, rendition, 0), run, Stop);
    }
}
