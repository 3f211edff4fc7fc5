using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>A studio's own program that does not give up: what failed for a reason that passes it does again. Any other answer than those
/// which say so is an error of the services.</summary>
internal sealed class PatientStudio(HttpClient client)
{
    private const int PatchBytes = 2 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>What it did again, and how often.</summary>
    public ConcurrentDictionary<string, int> Repeated { get; } = new();

    public async Task<string> UploadAsync(string fileName, ReadOnlyMemory<byte> master, CancellationToken cancellationToken)
    {
        var id = await PersistAsync(() => client.CreateUploadAsync(fileName, master.Length, cancellationToken), cancellationToken);
        for (long offset = 0; offset < master.Length;)
        {
            offset = await PersistAsync(
                async () =>
                {
                    var kept = await client.OffsetAsync(id, cancellationToken);
                    var rest = master[(int)kept..];
                    return rest.IsEmpty ? kept : await client.AppendAsync(id, kept, rest[..Math.Min(rest.Length, PatchBytes)], cancellationToken);
                },
                cancellationToken);
        }

        return id;
    }

    /// <summary>The asset, when it is ready or refused.</summary>
    public async Task<JsonElement> EndedAsync(string assetId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            var asset = await PersistAsync(() => FoundAsync(assetId, limit.Token), limit.Token);
            if (asset is { } found && (found.StateIs("ready") || found.StateIs("refused"))) return found;
            Assert.False(asset?.StateIs("failed"), asset.ToString());
        }

        throw new InvalidOperationException("The timer ended.");
    }

    public Task RemoveAsync(string kind, string id, CancellationToken cancellationToken) =>
        PersistAsync(
            async () =>
            {
                await client.DeleteAsync(kind, id, cancellationToken);
                return true;
            },
            cancellationToken);

    // The client has sent its last byte, and the asset is made by whichever process lives then.
    private async Task<JsonElement?> FoundAsync(string assetId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.AssetAsync(assetId, cancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> PersistAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await request();
            }
            catch (Exception error) when (ReasonOf(error) is { } reason && !cancellationToken.IsCancellationRequested)
            {
                Repeated.AddOrUpdate(reason, 1, (_, times) => times + 1);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Null for what does not pass by itself.</summary>
    private static string? ReasonOf(Exception error) => error switch
    {
        HttpRequestException { StatusCode: null } => "broken",
        HttpRequestException { StatusCode: var status and (HttpStatusCode.Conflict or HttpStatusCode.Locked or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) } => $"{(int)status}",
        IOException => "broken",
        TaskCanceledException => "no answer",
        _ => null,
    };
}
