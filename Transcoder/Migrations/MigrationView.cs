using FlickStream.Platform.Http;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;

namespace FlickStream.Transcoder.Migrations;

/// <summary>A migration as admins see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">running, done or cancelled.</param>
/// <param name="Priority">Of its jobs.</param>
/// <param name="NewKeys">Encrypted media get new keys.</param>
/// <param name="CreatedAt">Assets taken in later are none of its.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Assets">How many there were when it began.</param>
/// <param name="Seen">Looked at so far.</param>
/// <param name="Skipped">Needed nothing, were deleted, or are encoded for their studios.</param>
/// <param name="Done">Encoded again.</param>
/// <param name="Failed">Could not be; they play on as they were.</param>
/// <param name="Cancelled">Were cancelled, by themselves or with the migration; they play on as they were.</param>
/// <param name="Jobs">Its jobs that have not ended.</param>
internal sealed record MigrationView(
    string Id,
    [property: OneOf("running", "done", "cancelled")] string State,
    int Priority,
    bool NewKeys,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    long Assets,
    long Seen,
    long Skipped,
    long Done,
    long Failed,
    long Cancelled,
    IReadOnlyList<string> Jobs)
{
    public static MigrationView Of(Migration migration) => new(
        migration.Id,
        JobView.StateName(migration.State),
        migration.Priority,
        migration.NewKeys,
        migration.CreatedAt,
        migration.EndedAt,
        migration.Assets,
        migration.Seen,
        migration.Skipped,
        migration.Done,
        migration.Failed,
        migration.Cancelled,
        migration.Open);
}
