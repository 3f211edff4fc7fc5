using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Migrations;

/// <summary>Begins to bring the whole library to the options of now.</summary>
internal static class StartMigration
{
    internal sealed record Request(int? Priority, bool NewKeys = false);

    public static async Task<Results<Created<MigrationView>, ProblemHttpResult>> Handle(
        Request? request, IDocuments documents, TimeProvider time, CancellationToken cancellationToken)
    {
        var priority = request?.Priority ?? Migration.DefaultPriority;
        if (priority is < Job.MinPriority or > Job.MaxPriority) return BoardProblems.BadPriority.ToResult();
        var (migration, open) = await Migration.BeginAsync(documents, priority, request?.NewKeys ?? false, time.GetUtcNow(), cancellationToken);
        if (migration is null) return BoardProblems.MigrationOpen.ToResult(open);
        return TypedResults.Created($"/api/migrations/{migration.Id}", MigrationView.Of(migration));
    }
}
