using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Recommendations.Site.Rows;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Recommendations;

internal static class RecommendationRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapRecommendations(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Recommendations").WithMetadata(Small);
        people.MapGet("/recommendations", ShowRecommendations.HandleAsync).WithName("showRecommendations");
        people.MapGet("/titles/{id}/more-like-this", ShowMoreLikeThis.HandleAsync).WithName("showMoreLikeThis");
        people.MapGet("/not-interested", ListDismissals.HandleAsync).WithName("listDismissedTitles");
        people.MapPut("/not-interested/{id}", ChangeDismissals.AddAsync).WithName("dismissTitle");
        people.MapDelete("/not-interested/{id}", ChangeDismissals.RemoveAsync).WithName("restoreTitle");

        var administrators = routes.MapGroup("/api/recommendation-model").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        administrators.MapGet("/", ShowModel.HandleAsync).WithName("showRecommendationModel");
        administrators.MapPost("/rollback", RollBackModel.HandleAsync).WithName("rollBackRecommendationModel").TellsAudit();
        administrators.MapDelete("/hold", RollBackModel.ReleaseAsync).WithName("releaseRecommendationModel").TellsAudit();

        var experiments = routes.MapGroup("/api/recommendation-experiment").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        experiments.MapGet("/", EditExperiment.ShowAsync).WithName("showRecommendationExperiment");
        experiments.MapPut("/", EditExperiment.PutAsync).WithName("startRecommendationExperiment").TellsAudit();
        experiments.MapDelete("/", EditExperiment.EndAsync).WithName("endRecommendationExperiment").TellsAudit();
        routes.MapGet("/api/recommendation-report", ShowReport.HandleAsync).RequireAuthorization(Scopes.Admin).WithTags("Administration")
            .WithName("showRecommendationReport");
    }
}
