using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Transcoder.Jobs;

internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").RequireAuthorization(Scopes.Jobs).WithTags("Jobs");
        jobs.MapGet("/", ListJobs.Handle);
        jobs.MapPost("/", EncodeAgain.Handle).Audited("job_created", "job");
        jobs.MapGet("/events", JobEvents.Handle);
        jobs.MapGet("/{id}", GetJob.Handle);
        jobs.MapGet("/{id}/log", GetJobLog.Handle);
        jobs.MapPost("/{id}/cancel", CancelJob.Handle).Audited("job_cancelled", "job");
        jobs.MapPost("/{id}/retry", RetryJob.Handle).Audited("job_retried", "job");
        jobs.MapPut("/{id}/priority", SetPriority.Handle).Audited("job_priority_set", "job");

        routes.MapGet("/api/workers", ListWorkers.Handle).RequireAuthorization(Scopes.Jobs, Caller.OfNoOrganisation).WithTags("Jobs");
    }
}
