using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Portal.Tests.Notifications;

/// <param name="Signature">Its header.</param>
/// <param name="Body">As it came.</param>
internal sealed record Hooked(string Signature, string Body)
{
    public JsonElement Message => JsonElement.Parse(Body);

    /// <summary>Reckoned anew as a receiver would, without the code that signed it.</summary>
    public bool IsSignedWith(string secret)
    {
        var parts = Signature.Split(',').Select(part => part.Split('=')).ToLookup(part => part[0], part => part[1]);
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"].Single()}.{Body}")));
        return parts["v1"].Contains(right);
    }

    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Signature.Split(',')[0]["t=".Length..], CultureInfo.InvariantCulture));
}

/// <summary>A studio's own server, on a free port of this machine.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<Hooked> _received = Channel.CreateUnbounded<Hooked>();
    private readonly WebApplication _app;

    private Receiver(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _received.Writer.TryWrite(new(http.Request.Headers["FlickStream-Signature"].ToString(), await reader.ReadToEndAsync(http.RequestAborted)));
            await answer(http);
        });
    }

    public Uri Url => new(_app.Urls.First() + "/hook");

    /// <summary>How many came that nobody looked at yet.</summary>
    public int Waiting => _received.Reader.Count;

    public static Task<Receiver> StartAsync(params int[] statuses)
    {
        var answered = -1;
        return StartAsync(http =>
        {
            http.Response.StatusCode = statuses.Length == 0 ? 200 : statuses[Math.Min(Interlocked.Increment(ref answered), statuses.Length - 1)];
            return Task.CompletedTask;
        });
    }

    public static async Task<Receiver> StartAsync(Func<HttpContext, Task> answer)
    {
        var receiver = new Receiver(answer);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public Task<Hooked> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
