using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Migrations;

internal static class GetMigration
{
    public static async Task<Results<Ok<MigrationView>, ProblemHttpResult>> Handle(
        string id, IDocuments documents, CancellationToken cancellationToken) =>
        await documents.Set(Migration.Schema).GetAsync(id, cancellationToken) is { Value: var migration }
            ? TypedResults.Ok(MigrationView.Of(migration))
            : BoardProblems.MigrationNotFound.ToResult();
}
