using FlickStream.Origin.Grants;
using FlickStream.Origin.Keys;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Origin.Segments;
using FlickStream.Platform;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Health;
using FlickStream.Platform.Playback;

namespace FlickStream.Origin;

public static class OriginService
{
    public static IHostApplicationBuilder AddOrigin(this IHostApplicationBuilder builder)
    {
        builder.AddPlatform();
        builder.Services.AddBlobsHealth();
        var services = builder.Services;
        services.AddOptions<OriginOptions>().BindConfiguration("Origin").ValidateDataAnnotations().ValidateOnStart();
        services.AddDelivery();
        services.AddMetrics().AddSingleton<OriginMetrics>();
        services.AddSingleton<GrantChecks>().AddSingleton<GrantMaker>().AddSingleton<GrantStore>().AddSingleton<IPlayback, OwnPlayback>();
        services.AddSingleton<DeliveryKeys>().AddSingleton<Revocations>();
        services.AddHybridCache().AddSerializer<List<SegmentRun>, CompressedJson<List<SegmentRun>>>();
        services.AddSingleton<PresentationReader>().AddSingleton<PresentationCache>().AddSingleton<ManifestCache>();
        services.AddSingleton<Withdrawals>().AddSingleton<Releases>();
        services.AddSingleton<StreamPlaces>().AddSingleton<Gate>().AddSingleton<SendBlob>().AddSingleton<PlayHandler>();
        services.AddSingleton<SendKey>().AddSingleton<ClearKeyLicence>();
        services.AddSingleton<IStartupFilter, PlayBranch>();
        services.AddHostedService<OriginUpkeep>();

        // The framework's request log prints paths, and the paths of playback are tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        return builder;
    }

    public static IEndpointRouteBuilder MapOrigin(this IEndpointRouteBuilder routes)
    {
        routes.MapGrants();
        return routes;
    }
}
