using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Features;

internal static class SwitchedRoutes
{
    /// <summary>Refuses those for whom the feature is off.</summary>
    public static TBuilder SwitchedBy<TBuilder>(this TBuilder routes, Feature feature)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var features = http.RequestServices.GetRequiredService<FeatureStore>();
        return await features.IsOnAsync(feature, CallerSession.Find(http.User)?.AccountId, http.RequestAborted) ? await next(context) : FeatureProblems.Off.ToResult();
    });
}
