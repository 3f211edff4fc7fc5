using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlickStream.Tests.Shared;

/// <summary>All that is logged, with the text of exceptions, to see what is and what is not.</summary>
internal class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}

/// <summary>The same of one service.</summary>
internal sealed class LogLines<T> : LogLines, ILogger<T>;
