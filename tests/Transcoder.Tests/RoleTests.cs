using FlickStream.Platform.Documents;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Tests.Board;
using FlickStream.Transcoder.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Transcoder.Tests;

public sealed class RoleTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("role-");

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData("All", true, true)]
    [InlineData("Board", true, false)]
    [InlineData("Worker", false, true)]
    public async Task A_role_does_its_part_and_no_other(string role, bool keepsBoard, bool encodes)
    {
        await using var app = Build(role);
        var hosted = app.Services.GetServices<IHostedService>().ToList();
        Assert.Equal(keepsBoard, hosted.OfType<AssetListener>().Any());
        Assert.Equal(encodes, hosted.OfType<Worker>().Any());
        // Without it no ffmpeg is asked for.
        Assert.Equal(encodes, app.Services.GetService<MediaRunner>() is not null);
        var paths = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal(keepsBoard, paths.Contains("/api/jobs/{id}"));
    }

    [Fact]
    public async Task A_worker_does_not_start_under_the_name_of_one_that_lives_elsewhere()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var app = Build("Worker");
        var now = TimeProvider.System.GetUtcNow();
        var workers = app.Services.GetRequiredService<IDocuments>().Set(WorkerRecord.Schema);
        var elsewhere = new WorkerRecord("twin", "another-machine", 1, 1, 0, now, now);
        await workers.InsertAsync("twin", elsewhere, stop);
        var worker = app.Services.GetServices<IHostedService>().OfType<Worker>().Single();
        var refusal = await Assert.ThrowsAsync<WorkerNameTakenException>(() => worker.StartAsync(stop));
        Assert.Contains("another-machine", refusal.Message, StringComparison.Ordinal);

        // One that was not heard of for a while is dead, and its name free.
        await workers.UpdateAsync("twin", record => record with { SeenAt = now - (2 * WorkerRecord.Silence) }, stop);
        await worker.StartAsync(stop);
        await worker.StopAsync(stop);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worker_is_seen_again_after_the_documents_were_away()
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        FlakyDocuments? documents = null;
        await using var app = Build("Worker", services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            var real = services.Last(s => s.ServiceType == typeof(IDocuments)).ImplementationFactory!;
            services.AddSingleton<IDocuments>(provider => documents = new FlakyDocuments((IDocuments)real(provider)));
        });
        var workers = app.Services.GetRequiredService<IDocuments>().Set(WorkerRecord.Schema);
        var worker = app.Services.GetServices<IHostedService>().OfType<Worker>().Single();
        await worker.StartAsync(stop);
        var first = await SeenAfterAsync(DateTimeOffset.MinValue);

        documents!.Failures = 1;
        while (documents.Failures > 0) await LookAgainAsync();
        Assert.True(await SeenAfterAsync(first) > first);
        await worker.StopAsync(stop);

        async Task<DateTimeOffset> SeenAfterAsync(DateTimeOffset before)
        {
            while (true)
            {
                if ((await workers.GetAsync("twin", stop))?.Value.SeenAt is { } seen && seen > before) return seen;
                await LookAgainAsync();
            }
        }

        async Task LookAgainAsync()
        {
            clock.Advance(WorkerRecord.Silence / 6);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }
    }

    private WebApplication Build(string role, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = _data.FullName,
            ["Platform:Hosting"] = "Standalone",
            ["Transcoder:Role"] = role,
            ["Worker:Name"] = "twin",
        });
        builder.AddTranscoder();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapTranscoder();
        return app;
    }
}
