using System.Diagnostics;
using Amazon.S3;
using Amazon.S3.Util;
using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Engines;

/// <summary>
/// One real S3 service for all tests of a process: started by the first that asks for it, stopped with the process.
/// <c>FLICKSTREAM_TEST_S3</c> names another, as the line that the script <c>s3</c> prints.
/// </summary>
public sealed class S3Gateway : IAsyncDisposable
{
    private const string Variable = "FLICKSTREAM_TEST_S3";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lazy<Task<S3Service>> _service;
    private Process? _process;

    public S3Gateway() => _service = new(StartAsync);

    public Task<S3Service> StartedAsync() => _service.Value;

    public async ValueTask DisposeAsync()
    {
        if (_service is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var service = await _service.Value;
            if (_process is null) await AmazonS3Util.DeleteS3BucketWithObjectsAsync(service.Client, service.Bucket);
            service.Client.Dispose();
        }

        if (_process is null) return;

        // The script ends, and its daemons with it, when its input does.
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }

    private async Task<S3Service> StartAsync()
    {
        var line = Environment.GetEnvironmentVariable(Variable) ?? await RunScriptAsync();
        var service = new S3Service(line.Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
        await service.Client.PutBucketAsync(service.Bucket);
        return service;
    }

    private async Task<string> RunScriptAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "s3")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        return await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The S3 gateway did not start; ./test installs what it needs. {await errors}");
    }
}

/// <summary>Where the service is, and a bucket in it that this process made.</summary>
public sealed class S3Service
{
    private readonly IReadOnlyDictionary<string, string> _settings;

    internal S3Service(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        Client = S3ClientSetup.Create(Options());
    }

    public string Bucket { get; } = $"flickstream-{Guid.NewGuid():N}";

    public string Endpoint => _settings["endpoint"];

    /// <summary>For what only a test wants to know; it does not retry.</summary>
    public IAmazonS3 Client { get; }

    /// <summary>A place of its own for each caller.</summary>
    public S3BlobOptions Options() => new()
    {
        Bucket = Bucket,
        KeyPrefix = $"{Guid.NewGuid():N}/",
        Endpoint = Endpoint,
        AccessKey = _settings["access_key"],
        SecretKey = _settings["secret_key"],
    };

    /// <summary>The same as settings of a host.</summary>
    public IEnumerable<(string Key, string Value)> Settings()
    {
        var options = Options();
        yield return ("Platform:Blobs", "S3");
        yield return ("Platform:S3:Bucket", options.Bucket);
        yield return ("Platform:S3:KeyPrefix", options.KeyPrefix);
        yield return ("Platform:S3:Endpoint", options.Endpoint!);
        yield return ("Platform:S3:AccessKey", options.AccessKey!);
        yield return ("Platform:S3:SecretKey", options.SecretKey!);
    }

    /// <summary>Runs <c>radosgw-admin</c>; null where the service is not one of the script's.</summary>
    public async Task<string?> AdministerAsync(params string[] arguments)
    {
        if (!_settings.TryGetValue("conf", out var conf)) return null;
        var start = new ProcessStartInfo("radosgw-admin", ["-c", conf, "--no-mon-config", .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"radosgw-admin {arguments[0]} failed: {output}");
    }
}
