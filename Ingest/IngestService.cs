using FlickStream.Ingest.Assets;
using FlickStream.Ingest.Inspection;
using FlickStream.Ingest.Texts;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform;
using FlickStream.Platform.Health;

namespace FlickStream.Ingest;

/// <summary>Takes masters in: uploads, inspection, and the list of assets.</summary>
public static class IngestService
{
    public static IHostApplicationBuilder AddIngest(this IHostApplicationBuilder builder)
    {
        builder.AddPlatform();
        builder.Services.AddBlobsHealth();
        builder.Services.AddMetrics().AddSingleton<IngestMetrics>();
        builder.Services.AddUploads();
        builder.Services.AddInspection();
        builder.Services.AddAssets();
        return builder;
    }

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapUploads();
        routes.MapAssets();
        routes.MapTexts();
        return routes;
    }
}
