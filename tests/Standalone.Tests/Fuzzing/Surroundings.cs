using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CliWrap;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>What lies around a FlickStream and must stay as it is, unread: files beside its data folder, a master of another studio in it, and a
/// server of this machine.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder;
    private readonly string _dataFolder;
    private readonly byte[] _secret = RandomNumberGenerator.GetHexString(32, lowercase: true).Select(c => (byte)c).ToArray();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SortedDictionary<string, string> _before = new(StringComparer.Ordinal);
    private readonly List<string> _guarded = [];
    private Task _listening = Task.CompletedTask;
    private int _visits;

    private Surroundings(string folder, string dataFolder) => (_folder, _dataFolder) = (folder, dataFolder);

    public Targets Targets { get; private set; } = null!;

    /// <summary>Whether the disk tells when a file was read.</summary>
    public bool SeesReads { get; private set; }

    /// <param name="folder">Empty; the data folder is not in it.</param>
    public static async Task<Surroundings> MakeAsync(string folder, RunningFlickStream product, string dataFolder, CancellationToken cancellationToken)
    {
        var around = new Surroundings(folder, dataFolder);
        around._listener.Start();
        around._listening = around.ListenAsync();
        var film = around.PathOf("secret.ts");
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-metadata", $"title={around.SecretText}", "-c:v", "mpeg2video", film])
            .ExecuteAsync(cancellationToken);
        var words = around.PathOf("secret.txt");
        foreach (var path in (string[])[words, around.PathOf("secret.sub"), around.PathOf("font.ttf"), around.PathOf("secret.m3u8")])
            await File.WriteAllTextAsync(path, $"{around.SecretText}\n", cancellationToken);

        var id = await product.Client.UploadAsync(film, cancellationToken);
        await product.Client.WaitForAsync(id, asset => asset.StateIs("ready"), cancellationToken);
        var master = new DataContents(dataFolder).Blobs().Single(path => path.Contains("masters", StringComparison.Ordinal) && path.Contains(id, StringComparison.Ordinal));
        around.Targets = new Targets(film, words, master, $"http://127.0.0.1:{((IPEndPoint)around._listener.LocalEndpoint).Port}/x.ts");
        around.Guard(master);
        return around;
    }

    private string SecretText => System.Text.Encoding.ASCII.GetString(_secret);

    /// <summary>What was read, written or asked that should not have been, as sentences.</summary>
    /// <param name="log">All that the server printed; it has stopped.</param>
    public IReadOnlyList<string> Harm(string log)
    {
        var harm = new List<string>();
        // Whoever looks changes what is looked at, so this comes first.
        foreach (var path in SeesReads ? _guarded : [])
            if (File.GetLastAccessTimeUtc(path) > LongAgo.AddYears(1)) harm.Add($"{path} was read");
        var after = Snapshot();
        foreach (var (path, hash) in after)
            if (_before.GetValueOrDefault(path) != hash) harm.Add($"{path} was written");
        harm.AddRange(_before.Keys.Except(after.Keys).Select(path => $"{path} is gone"));
        if (Volatile.Read(ref _visits) > 0) harm.Add($"{_visits} connections were made to {Targets.Url}");
        if (log.Contains(SecretText, StringComparison.Ordinal)) harm.Add("The log tells the secret");
        var masters = Path.Combine(_dataFolder, "blobs", "objects", "masters");
        foreach (var path in Directory.EnumerateFiles(_dataFolder, "*", SearchOption.AllDirectories))
        {
            if (!path.StartsWith(masters, StringComparison.Ordinal) && File.ReadAllBytes(path).AsSpan().IndexOf(_secret) >= 0) harm.Add($"{path} tells the secret");
        }

        return harm;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
    }

    private void Guard(string master)
    {
        var control = PathOf("control");
        File.WriteAllText(control, "x");
        File.SetLastAccessTimeUtc(control, LongAgo);
        _ = File.ReadAllText(control);
        SeesReads = File.GetLastAccessTimeUtc(control) > LongAgo;
        foreach (var (path, hash) in Snapshot()) _before[path] = hash;
        foreach (var path in _before.Keys.Append(master))
        {
            File.SetLastAccessTimeUtc(path, LongAgo);
            _guarded.Add(path);
        }
    }

    private SortedDictionary<string, string> Snapshot() => new(
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var visitor = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _visits);
            }
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted)
        {
            return; // It was stopped.
        }
    }
}
