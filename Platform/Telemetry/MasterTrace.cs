using System.Diagnostics;

namespace FlickStream.Platform.Telemetry;

/// <summary>The way of a master as one trace, from the request that created its upload to its publishing. No request spans it, so the
/// documents carry the trace from service to service, as a W3C <c>traceparent</c>.</summary>
public static class MasterTrace
{
    private static readonly ActivitySource Source = new("FlickStream");

    /// <summary>What a document shall carry: the span at work; null when there is none.</summary>
    public static string? Current => Activity.Current?.Id;

    /// <param name="name">What is done, such as <c>inspect</c>.</param>
    /// <param name="traceparent">As the document carries it; null begins a trace of its own.</param>
    /// <param name="tags">By names such as <c>flickstream.asset</c>.</param>
    /// <returns>The span, ended by its disposal; null while nobody traces.</returns>
    public static Activity? Start(string name, string? traceparent, params ReadOnlySpan<(string Key, object? Value)> tags)
    {
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent);
        var span = Source.StartActivity(name, ActivityKind.Consumer, parent);
        foreach (var (key, value) in tags) span?.SetTag(key, value);
        return span;
    }
}
