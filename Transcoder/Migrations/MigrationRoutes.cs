using FlickStream.Platform.Access;

namespace FlickStream.Transcoder.Migrations;

internal static class MigrationRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var migrations = routes.MapGroup("/api/migrations").RequireAuthorization(Scopes.Jobs, Caller.OfNoOrganisation).WithTags("Migrations");
        migrations.MapGet("/", ListMigrations.Handle);
        migrations.MapPost("/", StartMigration.Handle);
        migrations.MapGet("/{id}", GetMigration.Handle);
        migrations.MapPost("/{id}/cancel", CancelMigration.Handle);
    }
}
