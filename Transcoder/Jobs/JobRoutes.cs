using FlickStream.Platform.Access;

namespace FlickStream.Transcoder.Jobs;

internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").RequireAuthorization(Scopes.Jobs).WithTags("Jobs");
        jobs.MapGet("/", ListJobs.Handle);
        jobs.MapPost("/", EncodeAgain.Handle);
        jobs.MapGet("/events", JobEvents.Handle);
        jobs.MapGet("/{id}", GetJob.Handle);
        jobs.MapGet("/{id}/log", GetJobLog.Handle);
        jobs.MapPost("/{id}/cancel", CancelJob.Handle);
        jobs.MapPost("/{id}/retry", RetryJob.Handle);
        jobs.MapPut("/{id}/priority", SetPriority.Handle);

        routes.MapGet("/api/workers", ListWorkers.Handle).RequireAuthorization(Scopes.Jobs, Caller.OfNoOrganisation).WithTags("Jobs");
    }
}
