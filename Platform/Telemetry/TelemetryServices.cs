using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FlickStream.Platform.Telemetry;

internal static class TelemetryServices
{
    /// <summary>The name that OpenTelemetry's specification gives to the collector's address; the exporter reads it and its kin itself.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Metrics for <c>/metrics</c>; traces where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            // Services count through System.Diagnostics.Metrics in meters named FlickStream.*.
            .WithMetrics(metrics => metrics
                .AddMeter("FlickStream.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddPrometheusExporter());
        if (builder.Configuration[Collector] is { Length: > 0 }) telemetry.WithTracing(Trace);
    }

    private static void Trace(TracerProviderBuilder tracing) => tracing
        .AddSource("FlickStream")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = http =>
            // Playback paths are tokens, which a trace must not tell; probes would drown the rest.
            !http.Request.Path.StartsWithSegments("/play") && !http.Request.Path.StartsWithSegments("/health")
            && !http.Request.Path.StartsWithSegments("/metrics"))
        .AddOtlpExporter();
}
