using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>POST: the model before the current one holds again, on every node within <see cref="RecommendationOptions.Freshness"/>.</summary>
internal static class RollBackModel
{
    public static async Task<Results<Ok<ModelAnswer>, ProblemHttpResult>> HandleAsync(ModelStore models, CurrentModel current, AuditLog audit, HttpContext http)
    {
        if ((await models.FindAsync(http.RequestAborted)).Previous is not { } previous) return RecommendationProblems.NoModelBefore.ToResult();
        await audit.AddAsync(http, "recommendations.rollback", previous.Key, "");
        return await models.RollBackAsync() ? TypedResults.Ok(ModelAnswer.Of(await models.FindAsync(CancellationToken.None), current))
            : RecommendationProblems.NoModelBefore.ToResult();
    }
}
