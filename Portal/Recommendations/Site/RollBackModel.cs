using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site;

/// <param name="Key">Of a model that is kept; null: of the one that held before the current one.</param>
internal sealed record RollBackRequest(string? Key);

/// <summary>POST: another model that is kept holds again, on every node within <see cref="RecommendationOptions.Freshness"/>. DELETE of the hold: what was gone back
/// to may be replaced again.</summary>
internal static class RollBackModel
{
    public static async Task<Results<Ok<ModelAnswer>, ProblemHttpResult>> HandleAsync(
        RollBackRequest? request, ModelStore models, CurrentModel current, AuditLog audit, TimeProvider time, HttpContext http)
    {
        var published = await models.FindAsync(http.RequestAborted);
        if ((request?.Key ?? published.Previous?.Key) is not { } key) return RecommendationProblems.NoModelBefore.ToResult();
        if (published.Versions().All(version => version.Key != key)) return RecommendationProblems.ModelNotKept.ToResult();
        await audit.AddAsync(http, "recommendations.rollback", key, "");
        // A training may have taken it away meanwhile.
        return await models.GoToAsync(key, time.GetUtcNow()) ? TypedResults.Ok(ModelAnswer.Of(await models.FindAsync(CancellationToken.None), current))
            : RecommendationProblems.ModelNotKept.ToResult();
    }

    public static async Task<NoContent> ReleaseAsync(ModelStore models, AuditLog audit, HttpContext http)
    {
        await audit.AddAsync(http, "recommendations.release", PublishedModel.Id, "");
        await models.ReleaseAsync();
        return TypedResults.NoContent();
    }
}
