using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FlickStream.Platform.Media;

public static class MediaServices
{
    /// <summary>Adds <see cref="MediaRunner"/>. May be called by several services of one process.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(MediaRunner))) return services;

        services.AddOptions<MediaOptions>()
            .BindConfiguration("Media")
            .ValidateDataAnnotations()
            .Validate(o => Executable.Find(o.FfmpegPath) is not null, "Media:FfmpegPath names no program; install ffmpeg or set its path.")
            .Validate(o => Executable.Find(o.FfprobePath) is not null, "Media:FfprobePath names no program; install ffprobe or set its path.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MediaRunner>();
        services.AddHostedService<SandboxCheck>();
        return services;
    }

    /// <summary>Tries the sandbox when the process starts, so that its absence is said then and not at the first upload.</summary>
    private sealed class SandboxCheck(MediaRunner runner) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => runner.PrepareAsync();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
