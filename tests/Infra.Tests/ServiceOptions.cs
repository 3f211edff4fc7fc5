using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Portal;
using FlickStream.Transcoder;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlickStream.Infra.Tests;

/// <summary>What a service makes of the settings of a deployment, short of starting.</summary>
internal static class ServiceOptions
{
    // Read by the framework or by OpenTelemetry before any option of ours.
    private static readonly string[] Foreign = ["ASPNETCORE_", "DOTNET_", "OTEL_"];

    /// <summary>Fails on a value that the service would refuse at its start, and on a setting that none of its options is called.</summary>
    /// <param name="service">Its project, such as <c>Ingest</c>.</param>
    /// <param name="environment">All variables that it would be started with.</param>
    public static void AssertTaken(string service, IReadOnlyDictionary<string, string> environment)
    {
        var own = environment.Where(e => !Foreign.Any(e.Key.StartsWith)).ToDictionary();
        var settings = new RecordedSettings(own);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = $"FlickStream.{service}" });
        builder.Configuration.Sources.Clear();
        ((IConfigurationBuilder)builder.Configuration).Add(settings);
        _ = service switch
        {
            "Ingest" => builder.AddIngest(),
            "Transcoder" => builder.AddTranscoder(),
            "Origin" => builder.AddOrigin(),
            "Portal" => builder.AddPortal(),
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "There is no such service."),
        };
        using var provider = builder.Services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Empty(settings.NeverAskedFor);
    }
}
