using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Recommendations.Site.Rows;

namespace FlickStream.Portal.Recommendations;

internal static class RecommendationServices
{
    public static void AddRecommendations(this IServiceCollection services)
    {
        services.AddOptions<RecommendationOptions>().BindConfiguration("Recommendations").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpinionReader>().AddSingleton<SiteData>().AddSingleton<ModelStore>().AddSingleton<TrainModel>().AddSingleton<CurrentModel>().AddSingleton<DismissalStore>().AddSingleton<RowReader>();
        services.AddHostedService(provider => provider.GetRequiredService<CurrentModel>());
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<DismissalStore>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<DismissalStore>());
    }
}
