namespace FlickStream.Engines;

/// <summary>Three nodes that share the slots, without replicas.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RedisServer[] _nodes = [NewNode(), NewNode(), NewNode()];

    public string Connection => string.Join(',', _nodes.Select(node => node.Connection));

    public async Task StartAsync()
    {
        foreach (var node in _nodes) await node.StartAsync();
        await _nodes[0].TellAsync(["--cluster", "create", .. _nodes.Select(node => node.Connection), "--cluster-yes"]);

        // The first node's word is what ends the command; the others hear of it a little later, and refuse everything until then.
        var began = TimeProvider.System.GetTimestamp();
        foreach (var node in _nodes)
        {
            while (!(await node.TellAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new InvalidOperationException("The cluster does not form.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    // By default nodes talk on the port 10,000 above their own, which may not exist.
    private static RedisServer NewNode() => new("--cluster-enabled", "yes", "--cluster-port", $"{FreePort.Find()}");
}
