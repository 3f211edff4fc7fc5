using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Run;

/// <summary>What keeps the server from starting and a person can mend is told in a sentence; only surprises show where they come
/// from.</summary>
internal static class StartFailure
{
    /// <returns>False when it did not start and the person knows why.</returns>
    public static async Task<bool> StartOrExplainAsync(this WebApplication app, RunCommand command)
    {
        try
        {
            await app.StartAsync();
            app.Services.GetRequiredService<StartLog>().HasStarted = true;
            return true;
        }
        catch (Exception error) when (Explain(error, command) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"FlickStream cannot start. {sentence}");
            return false;
        }
    }

    private static string? Explain(Exception error, RunCommand command) => error switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {command.Port} is taken; choose another with --port, such as --port 0 for any that is free.",
        OptionsValidationException options => string.Join(' ', options.Failures),
        IOException or UnauthorizedAccessException => error.Message,
        _ => null,
    };
}

/// <summary>Keeps the host's own account of a failed start out of the log, where it would bury the sentence for the person.</summary>
internal sealed class StartLog
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public bool HasStarted { get; set; }

    public void Filter(ILoggingBuilder logs) => logs.AddFilter(HostCategory, level => HasStarted && level >= LogLevel.Warning);
}
