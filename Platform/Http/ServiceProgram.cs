using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FlickStream.Platform.Http;

/// <summary>A service as a process of its own.</summary>
public static class ServiceProgram
{
    /// <param name="args">Of the command line: configuration, as <c>--Section:Name=value</c>.</param>
    /// <param name="add">Adds the service.</param>
    /// <param name="map">Maps its routes.</param>
    /// <param name="whenAddressIsTaken">What to do then; null for services, which are told it by the environment.</param>
    /// <returns>The exit code: 1 when it did not start for a reason that a person can mend.</returns>
    public static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map, string? whenAddressIsTaken = null)
    {
        var start = new StartFailure(whenAddressIsTaken);
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            start.Keep(builder);
            add(builder);
            await using var app = builder.Build();
            app.UsePlatform();
            map(app);
            try
            {
                await app.StartAsync();
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Asked to stop before it had started, which is no failure. What had started stops as ever.
                await app.StopAsync();
                return 0;
            }

            start.HasStarted = true;
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception error) when (start.Explain(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }
}
