using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Board;

internal static class BoardProblems
{
    public static readonly Problem JobNotFound = new("job_not_found", 404, "There is no such job.");

    public static readonly Problem JobEnded = new("job_ended", 409, "The job has already ended.");

    public static readonly Problem JobNotRetryable = new("job_not_retryable", 409, "Only a failed or cancelled job can be retried.");

    public static readonly Problem JobOpen = new(
        "job_open", 409, "The asset is being encoded. Wait until its job has ended, or cancel it.");

    public static readonly Problem UpToDate = new(
        "up_to_date", 409, "The asset is encoded just as the options of now would have it.");

    public static readonly Problem NotProtected = new(
        "not_protected", 409, "The title is not encrypted, so that it has no keys that could be changed.");

    public static readonly Problem Superseded = new(
        "job_superseded", 409, "Another encoding of the asset, or another master, took this job's place. Ask for a new job if one is needed.");

    public static readonly Problem AssetMissing = new("asset_id_missing", 400, "Say which asset is to be encoded, as assetId.");

    public static readonly Problem AssetNotFound = new("asset_not_found", 404, "There is no such asset.");

    public static readonly Problem AssetNotAccepted = new(
        "asset_not_accepted", 409, "The asset's master is being inspected, or was refused, so that it cannot be encoded.");

    public static readonly Problem PlanningFailed = new(
        "planning_failed", 500, "The encoding of this master could not be planned; the server's log says why. Ask for it again after an upgrade, or export the master in another form.");

    public static readonly Problem MasterMeasured = new(
        "master_measured", 409, "An earlier version did not look at all of the master; that is being done. Ask again in a few minutes.");

    public static readonly Problem MigrationNotFound = new("migration_not_found", 404, "There is no such migration.");

    public static readonly Problem MigrationOpen = new(
        "migration_open", 409, "A migration is at work. Wait until it has ended, or cancel it.");

    public static readonly Problem MigrationEnded = new("migration_ended", 409, "The migration has already ended.");

    public static readonly Problem MigrationCancelled = new(
        "migration_cancelled", 409, "The migration that began this job was cancelled. What is there plays on.");

    public static readonly Problem BadPriority = new("bad_priority", 400, "The priority is a whole number from -100 to 100; higher goes first.");

    public static readonly Problem BadState = new(
        "bad_state", 400, "The state is open, queued, running, done, failed or cancelled.");

    public static readonly Problem BadLimit = new("limit_invalid", 400, "Ask for 1 to 200 jobs a page.");

    public static readonly Problem WorkerLost = new("worker_lost", 500, "The worker stopped answering while it was at this step.");

    public static readonly Problem EncodeFailed = new("encode_failed", 500, "ffmpeg could not encode this part of the master.");

    public static readonly Problem EncodeStalled = new("encode_stalled", 500, "ffmpeg made no progress on this part of the master.");

    public static readonly Problem EncodeTooSlow = new("encode_too_slow", 500, "Encoding this part of the master took longer than its limit.");

    public static readonly Problem EncodeOutgrown = new(
        "encode_outgrown", 500, "ffmpeg wrote more, or used more memory or processes, than Media:MaxOutputBytes, Media:MaxMemoryBytes and Media:MaxProcesses allow a run.");

    public static readonly Problem MasterMissing = new("master_missing", 500, "The master's file is gone. Upload it again.");

    public static readonly Problem StorageFull = new("storage_full", 507, "The storage is full. Free some space; the job goes on by itself.");

    public static readonly Problem StorageUnavailable = new(
        "storage_unavailable", 503, "The storage does not answer. The job goes on by itself once it does.");

    public static readonly Problem KeysUnavailable = new(
        "keys_unavailable", 503, "There are no keys to encrypt with. The detail says why; the job goes on by itself once there are.");

    public static readonly Problem StepCrashed = new("step_crashed", 500, "An unexpected error stopped this step. The server's log has more.");

    public static readonly Problem TimelineMismatch = new("timeline_mismatch", 500, "The encoded renditions do not have the same length.");
}
