using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

internal static class InspectionServices
{
    /// <summary>Adds <see cref="Inspector"/>.</summary>
    public static IServiceCollection AddInspection(this IServiceCollection services)
    {
        services.AddOptions<InspectionOptions>().BindConfiguration("Inspection").ValidateDataAnnotations().ValidateOnStart();
        return services.AddMedia()
            .AddSingleton<HeaderReader>()
            .AddSingleton<DecodeCheck>()
            .AddSingleton<PacketReader>()
            .AddSingleton<FieldCheck>()
            .AddSingleton<HdrCheck>()
            .AddSingleton<DataCheck>()
            .AddSingleton<ComplexityProbe>()
            .AddSingleton<Inspector>();
    }
}
