using FlickStream.Ingest.Texts;

namespace FlickStream.Ingest.Assets;

internal static class AssetServices
{
    public static void AddAssets(this IServiceCollection services)
    {
        services.AddOptions<AssetOptions>().BindConfiguration(AssetOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AssetView>().AddSingleton<ReplaceMaster>().AddSingleton<TextRemoval>();
        services.AddSingleton<InspectAsset>().AddHostedService<InspectionWorker>();
        services.AddSingleton<AssetRemoval>().AddHostedService(provider => provider.GetRequiredService<AssetRemoval>());
    }
}
