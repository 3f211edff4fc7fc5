using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

internal static class GetEndpoint
{
    public static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> HandleAsync(string id, WebhookDesk desk, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is not { } endpoint) return WebhookProblems.NotFound.ToResult();
        EntityTags.Tag(http, endpoint.Revision);
        return TypedResults.Ok(EndpointAnswer.Of(endpoint));
    }
}
