namespace FlickStream.Engines;

/// <summary>Three nodes that share the slots, without replicas.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private readonly RedisServer[] _nodes = [NewNode(), NewNode(), NewNode()];

    public string Connection => string.Join(',', _nodes.Select(node => node.Connection));

    public async Task StartAsync()
    {
        foreach (var node in _nodes) await node.StartAsync();
        await _nodes[0].TellAsync(["--cluster", "create", .. _nodes.Select(node => node.Connection), "--cluster-yes"]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    // By default nodes talk on the port 10,000 above their own, which may not exist.
    private static RedisServer NewNode() => new("--cluster-enabled", "yes", "--cluster-port", $"{RedisServer.FreePort()}");
}
