using FlickStream.Platform.Media;
using FlickStream.Standalone.Demo;

namespace FlickStream.Standalone.Run;

internal static class RunConfiguration
{
    /// <summary>Turns the command into configuration of the services. Whatever the environment or appsettings.json say about the same
    /// options gives way to the command line.</summary>
    public static void ConfigureRun(this WebApplicationBuilder builder, RunCommand command)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = command.DataFolder,
            // One process, one worker: after a restart it finds its own steps again at once.
            ["Worker:Name"] = "standalone",
            // Nobody else could go on meanwhile, and whoever presses Ctrl-C wants it to end: steps are handed back at once.
            ["Worker:DrainTime"] = builder.Configuration["Worker:DrainTime"] ?? "00:00:00",
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(command.Host, command.Port));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddMedia();
        builder.Services.AddSingleton(command);
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<OwnApi>();
        builder.Services.AddOptions<DemoOptions>().BindConfiguration("Demo").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SampleMasterFile>().AddSingleton<DemoFiles>().AddSingleton<DemoAccounts>().AddSingleton<DemoCatalog>().AddSingleton<DemoData>();
        builder.Services.AddHostedService<Greeter>();
    }
}
