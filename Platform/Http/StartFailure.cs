using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Http;

/// <summary>What keeps a process from starting and a person can mend is told in a sentence; only surprises show where they come from.</summary>
internal sealed class StartFailure(string? whenAddressIsTaken)
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public bool HasStarted { get; set; }

    /// <summary>Keeps the host's own account of a failed start out of the log, where it would bury the sentence.</summary>
    public void Keep(WebApplicationBuilder builder) =>
        builder.Logging.AddFilter(HostCategory, level => HasStarted && level >= LogLevel.Warning);

    /// <summary>The sentence; null for a surprise, and once the process has started.</summary>
    public string? Explain(Exception error) => HasStarted ? null : error switch
    {
        IOException { InnerException: AddressInUseException } =>
            Sentence(whenAddressIsTaken ?? $"{error.Message} Set ASPNETCORE_URLS to another."),
        OptionsValidationException options => Sentence(string.Join(' ', options.Failures)),
        // The binder's: a word that an option does not know, or a text where it wants a number.
        InvalidOperationException { InnerException: FormatException or ArgumentException } => Sentence(error.Message),
        IOException or UnauthorizedAccessException => Sentence(error.Message),
        _ => null,
    };

    private static string Sentence(string reason) => $"FlickStream cannot start. {reason}";
}
