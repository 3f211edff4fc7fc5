using FlickStream.Engines;

namespace FlickStream.Tests;

/// <summary>One server for tests that leave it running, each under a prefix of its own.</summary>
public sealed class SharedRedis : RedisServer, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await StartAsync();
}
