using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Http;
using FlickStream.Portal;
using FlickStream.Transcoder;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace FlickStream.Infra.Tests;

/// <summary>What <c>/metrics</c> of all services in one process tells, once each instrument has counted something.</summary>
public sealed partial class ExposedMetrics : IAsyncLifetime
{
    // Taken by a sweep and by a check, each a moment after the start.
    private static readonly string[] Late = ["\nflickstream_queue_age_seconds{", "\nflickstream_dependency_health{"];

    // Given with what is counted, which is left out here.
    private static readonly string[] Given = ["kind", "outcome", "cache", "result"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-metrics-");

    /// <summary>Of series, as Prometheus stores them.</summary>
    public IReadOnlySet<string> Names { get; private set; } = new HashSet<string>();

    public IReadOnlySet<string> Labels { get; private set; } = new HashSet<string>();

    public async ValueTask InitializeAsync()
    {
        // Its counters are made when the first connection is.
        RuntimeHelpers.RunClassConstructor(typeof(PlatformService).Assembly.GetType("FlickStream.Platform.Redis.RedisConnection")!.TypeHandle);
        using var listener = new MeterListener { InstrumentPublished = Count };
        await using var app = Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var missing = await client.GetAsync(new Uri("/play/none/master.m3u8", UriKind.Relative), TestContext.Current.CancellationToken);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        listener.Start();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        string text;
        do text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), limit.Token);
        while (!Late.All(text.Contains) && await timer.WaitForNextTickAsync(limit.Token));
        Names = Series().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        Labels = Label().Matches(text).Select(match => match.Groups[1].Value).Concat(Given).ToHashSet();
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>An instrument shows only once it was used.</summary>
    private static void Count(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith("FlickStream.", StringComparison.Ordinal)) return;
        switch (instrument)
        {
            case Counter<long> counter: counter.Add(1); break;
            case Histogram<double> histogram: histogram.Record(1); break;
            case ObservableGauge<long> or ObservableGauge<double>: break;
            default: throw new InvalidOperationException($"{instrument.Name} is of a kind that this does not know to count.");
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "FlickStream.Standalone", ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.FullName), new("Board:SweepInterval", "00:00:01")]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.Configure<HealthCheckPublisherOptions>(published => published.Delay = TimeSpan.Zero);
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddIngest().AddTranscoder().AddOrigin().AddPortal();
        var app = builder.Build();
        app.UsePlatform();
        app.MapIngest().MapTranscoder().MapOrigin().MapPortal();
        return app;
    }

    [GeneratedRegex("^([a-z][a-z0-9_]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("""[{,]([a-z_]+)="(?=[^"]*"[,}])""")]
    private static partial Regex Label();
}
