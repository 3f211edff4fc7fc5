using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlickStream.Portal.Tests;

/// <summary>What a service logs.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
