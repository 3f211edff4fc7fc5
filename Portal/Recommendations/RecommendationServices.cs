using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Recommendations.Site.Rows;

namespace FlickStream.Portal.Recommendations;

internal static class RecommendationServices
{
    public static void AddRecommendations(this IServiceCollection services)
    {
        services.AddOptions<RecommendationOptions>().BindConfiguration("Recommendations").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpinionReader>().AddSingleton<SiteData>().AddSingleton<ModelStore>().AddSingleton<TrainModel>().AddSingleton<CurrentModel>().AddSingleton<DismissalStore>().AddSingleton<RowReader>();
        services.AddSingleton<ExperimentStore>().AddSingleton<ExposureStore>().AddSingleton<ExposureDays>().AddSingleton<ExposureLog>().AddSingleton<CountExposures>();
        services.AddHostedService(provider => provider.GetRequiredService<CurrentModel>());
        services.AddHostedService(provider => provider.GetRequiredService<ExposureLog>());
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<ExposureStore>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<ExposureStore>());
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<DismissalStore>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<DismissalStore>());
    }
}
