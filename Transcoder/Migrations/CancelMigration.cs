using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Migrations;

/// <summary>Ends the walk at once and its open jobs with the next sweep; titles that were encoded again stay so.</summary>
internal static class CancelMigration
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, IDocuments documents, TimeProvider time, CancellationToken cancellationToken)
    {
        var wasRunning = false;
        var migration = await documents.Set(Migration.Schema).UpdateAsync(
            id,
            m =>
            {
                wasRunning = m.State == MigrationState.Running;
                return wasRunning ? m with { State = MigrationState.Cancelled, EndedAt = time.GetUtcNow() } : null;
            },
            cancellationToken);
        if (migration is null) return BoardProblems.MigrationNotFound.ToResult();
        return wasRunning ? TypedResults.NoContent() : BoardProblems.MigrationEnded.ToResult();
    }
}
