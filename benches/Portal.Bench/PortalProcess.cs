using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Bench;

/// <summary>A portal with an origin, as one process of an installation that keeps its documents in SQLite.</summary>
internal static class PortalProcess
{
    public static WebApplication Build(string folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Platform:DataFolder", folder),
            // All accounts sign in from one address here, and play more often than people can.
            new("Accounts:RequestsPerNetwork", "1000000"), new("Accounts:AttemptsPerNetwork", "1000"), new("Watching:PlaysPerMinute", "100000"),
            // Also more often than their plan's streams end by themselves, unless it is soon.
            new("Origin:HeartbeatInterval", "00:00:06"),
            // A model is trained once a day, for minutes, and on the one core of this process it would be measured instead.
            new("Recommendations:TrainEvery", "00:00:00"),
            // As many as are played side by side here.
            new("Origin:TitlesInMemory", "250"),
        ]);
        // Standard output says the port alone.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddPortal();
        builder.AddOrigin();
        return builder.Build();
    }

    public static async Task<int> RunAsync(string folder)
    {
        await using var app = Build(folder);
        app.UsePlatform();
        app.MapOrigin();
        app.MapPortal();
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
