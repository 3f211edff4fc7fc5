using FlickStream.Platform.Media;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Media;

public sealed class MediaServicesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_runner_is_there_after_the_start_even_when_two_services_add_it()
    {
        using var host = HostWith([]);
        await host.StartAsync(Ct);
        var runner = host.Services.GetRequiredService<MediaRunner>();
        var run = new MediaRun { Tool = MediaTool.Ffmpeg, Arguments = ["-version"], Inputs = [], TimeLimit = MediaBench.Limit };

        Assert.StartsWith("ffmpeg version", (await runner.RunAsync(run, Ct)).Output, StringComparison.Ordinal);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task Wrong_options_are_all_told_when_the_process_starts()
    {
        using var host = HostWith(new()
        {
            ["Media:FfmpegPath"] = "no-such-ffmpeg",
            ["Media:StallTimeout"] = "00:00:01",
            ["Media:MaxMemoryBytes"] = "5",
        });
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Equal(3, failure.Failures.Count());
        Assert.Contains(failure.Failures, f => f.Contains("FfmpegPath names no program", StringComparison.Ordinal));
    }

    private static IHost HostWith(Dictionary<string, string?> settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddMedia().AddMedia();
        return builder.Build();
    }
}
