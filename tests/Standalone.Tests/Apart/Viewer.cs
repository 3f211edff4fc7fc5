using System.Net;
using System.Security.Cryptography;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>Somebody who watches a title again and again: an answer may fail, but what it brings is right.</summary>
/// <param name="client">Has no key.</param>
/// <param name="segments">SHA-256 of each segment, by its address.</param>
internal sealed class Viewer(HttpClient client, IReadOnlyDictionary<Uri, string> segments)
{
    public int Right { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Reads all rungs of a title while nothing is wrong.</summary>
    public static async Task<Viewer> OfAsync(HttpClient client, Uri playlist, CancellationToken cancellationToken)
    {
        var segments = new Dictionary<Uri, string>();
        foreach (var rung in await AddressesAsync(client, playlist, cancellationToken))
            foreach (var segment in await AddressesAsync(client, rung, cancellationToken))
                segments[segment] = Convert.ToHexString(SHA256.HashData(await client.GetByteArrayAsync(segment, cancellationToken)));
        return new Viewer(client, segments);
    }

    public async Task WatchAsync(Random random, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!stop.IsCancellationRequested)
        {
            var (address, hash) = segments.ElementAt(random.Next(segments.Count));
            if (await BytesAsync(address, stop) is { } bytes)
            {
                Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(bytes)));
                Right++;
            }
            else Failed++;

            await ((Task)timer.WaitForNextTickAsync(stop).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<Uri>> AddressesAsync(HttpClient client, Uri playlist, CancellationToken cancellationToken) =>
    [
        .. (await client.GetStringAsync(playlist, cancellationToken)).Split('\n')
            .Where(line => line is not ("" or ['#', ..])).Select(line => new Uri(playlist, line)),
    ];

    /// <returns>Null when it could not be had now.</returns>
    private async Task<byte[]?> BytesAsync(Uri address, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(address, stop);
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsByteArrayAsync(stop);
            Assert.True(
                answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }
}
