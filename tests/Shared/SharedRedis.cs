using FlickStream.Engines;

namespace FlickStream.Tests;

/// <summary>One server for the tests of a class that leave it running, each under a prefix of its own.</summary>
/// <remarks>Not for an assembly: processes that crash tests start of it, and kill, would leave theirs behind.</remarks>
public sealed class SharedRedis : RedisServer, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await StartAsync();
}
