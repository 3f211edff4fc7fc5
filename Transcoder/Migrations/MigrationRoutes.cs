using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Transcoder.Migrations;

internal static class MigrationRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var migrations = routes.MapGroup("/api/migrations").RequireAuthorization(Scopes.Jobs, Caller.OfNoOrganisation).WithTags("Migrations");
        migrations.MapGet("/", ListMigrations.Handle);
        migrations.MapPost("/", StartMigration.Handle).Audited("migration_started", "migration");
        migrations.MapGet("/{id}", GetMigration.Handle);
        migrations.MapPost("/{id}/cancel", CancelMigration.Handle).Audited("migration_cancelled", "migration");
    }
}
