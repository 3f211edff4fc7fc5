using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Migrations;

/// <summary>Begins to bring the whole library to the options of now.</summary>
internal static class StartMigration
{
    /// <summary>Behind whatever studios wait for.</summary>
    private const int DefaultPriority = -50;

    internal sealed record Request(int? Priority);

    public static async Task<Results<Created<MigrationView>, ProblemHttpResult>> Handle(
        Request? request, IDocuments documents, TimeProvider time, CancellationToken cancellationToken)
    {
        var priority = request?.Priority ?? DefaultPriority;
        if (priority is < Job.MinPriority or > Job.MaxPriority) return BoardProblems.BadPriority.ToResult();
        var migrations = documents.Set(Migration.Schema);
        var open = new DocumentQuery { Filters = [DocumentFilter.Equal("unsettled", true)], Limit = 1 };
        if ((await migrations.QueryAsync(open, cancellationToken)).Items is [var at]) return BoardProblems.MigrationOpen.ToResult(at.Id);

        var now = time.GetUtcNow();
        var migration = new Migration
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            State = MigrationState.Running,
            Priority = priority,
            CreatedAt = now,
            Assets = await documents.Set(Asset.Schema).CountAsync(
                [DocumentFilter.Equal("state", nameof(AssetState.Planned))], cancellationToken),
        };
        await migrations.InsertAsync(migration.Id, migration, cancellationToken);
        return TypedResults.Created($"/api/migrations/{migration.Id}", MigrationView.Of(migration));
    }
}
