using System.Collections.Concurrent;
using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>What reaches callers of a service, or of a way to it, that fails.</summary>
public sealed class S3FaultTests(S3Gateway gateway) : S3Fixture(gateway)
{
    public static TheoryData<Fault> PassingFaults =>
    [
        new Fault.Answer(500, "InternalError"),
        new Fault.Answer(503, "SlowDown"),
        new Fault.Answer(502, ""),
        new Fault.Answer(400, "RequestTimeout"),
        new Fault.Answer(409, "ConditionalRequestConflict"),
        new Fault.Cut(),
        new Fault.LostAnswer(),
    ];

    /// <summary>One of each kind, for tests of many requests.</summary>
    public static TheoryData<Fault> KindsOfFault => [new Fault.Answer(503, "SlowDown"), new Fault.Cut(), new Fault.LostAnswer()];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_fault_that_passes_is_not_seen(Fault fault)
    {
        await InterposeAsync();
        FailFirst(fault);
        Assert.True(await Blobs.WriteAsync("a", new MemoryStream([1, 2, 3]), Ct));
        Assert.Equal([1, 2, 3], await ReadAsync(Blobs, "a"));
        Assert.False(await Blobs.WriteAsync("a", new MemoryStream([4]), Ct));
        Assert.Equal(3, (await Blobs.FindAsync("a", Ct))!.Length);
        Assert.True(await Blobs.DeleteAsync("a", Ct));
    }

    [Theory]
    [MemberData(nameof(KindsOfFault))]
    public async Task A_large_write_survives_a_fault_of_every_request(Fault fault)
    {
        var bytes = Bytes(12_000_000);
        await InterposeAsync();
        FailFirst(fault);
        Assert.True(await Blobs.WriteAsync("large", new MemoryStream(bytes), Ct));
        await AssertHoldsAsync(bytes, "large");
        Assert.DoesNotContain("large", await UploadsAsync());
    }

    [Theory]
    [MemberData(nameof(KindsOfFault))]
    public async Task An_unfinished_write_survives_a_fault_of_every_request(Fault fault)
    {
        var bytes = Bytes(11_000_000);
        await InterposeAsync();
        FailFirst(fault);
        var partial = await Blobs.BeginAsync("m", Ct);
        foreach (var (from, to) in ((int, int)[])[(0, 100), (100, 5_500_000), (5_500_000, 11_000_000)])
            partial = await Blobs.AppendAsync(partial, new MemoryStream(bytes[from..to]), Ct);
        Assert.Equal(bytes.Length, (await Blobs.CompleteAsync(partial, Ct)).Length);
        await AssertHoldsAsync(bytes, "m");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_that_breaks_off_goes_on_where_it_was(bool stalls)
    {
        var bytes = Bytes(5_000_000);
        await Blobs.WriteAsync("a", new MemoryStream(bytes), Ct);
        Options.Timeout = TimeSpan.FromSeconds(1);
        await InterposeAsync();
        var reads = 0;
        Proxy.Faults = request => Interlocked.Increment(ref reads) > 3 ? null : stalls ? new Fault.StalledBody(1_000_000) : new Fault.CutBody(1_000_000);

        await AssertHoldsAsync(bytes, "a");

        // What was on its way when the connection broke may be lost with it, so that the reader is at a million at most.
        Assert.Equal(4, Proxy.Requests.Count);
        var starts = Proxy.Requests.Skip(1).Select(request => long.Parse(request.Split("bytes=")[1].Split('-')[0], null)).ToList();
        Assert.Equal(starts.Order(), starts);
        Assert.All(starts, start => Assert.InRange(start, 1, 3_000_000));
    }

    [Fact]
    public async Task A_read_does_not_go_on_in_another_blob()
    {
        await Blobs.WriteAsync("a", new MemoryStream(Bytes(3_000_000)), Ct);
        await InterposeAsync();
        await using var stream = await Blobs.OpenReadAsync("a", cancellationToken: Ct);
        Proxy.Faults = _ => new Fault.Answer(404, "NoSuchKey");
        await Blobs.OpenReadAsync("a", cancellationToken: Ct);
        stream!.Seek(2_500_000, SeekOrigin.Begin);
        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[10], Ct).AsTask());
    }

    [Fact]
    public async Task What_is_forbidden_is_asked_once()
    {
        await InterposeAsync();
        Proxy.Faults = _ => new Fault.Answer(403, "AccessDenied");
        var fault = await Assert.ThrowsAsync<IOException>(() => Blobs.WriteAsync("a", new MemoryStream([1]), Ct));
        Assert.Contains("403 AccessDenied", fault.Message);
        Assert.Single(Proxy.Requests);
    }

    [Fact]
    public async Task A_service_that_stays_away_is_its_own_error()
    {
        Options.Retries = 2;
        await InterposeAsync();
        Proxy.Faults = _ => new Fault.Answer(503, "SlowDown");
        await Assert.ThrowsAsync<BlobStorageUnavailableException>(() => Blobs.FindAsync("a", Ct));
        Assert.Equal(3, Proxy.Requests.Count);
    }

    [Theory]
    [InlineData(507, "XMinioStorageFull")]
    [InlineData(403, "QuotaExceeded")]
    public async Task A_full_service_is_its_own_error(int status, string code)
    {
        await InterposeAsync();
        Proxy.Faults = _ => new Fault.Answer(status, code);
        await Assert.ThrowsAsync<BlobStorageFullException>(() => Blobs.WriteAsync("a", new MemoryStream([1]), Ct));
        Assert.Single(Proxy.Requests);
    }

    [Fact]
    public async Task A_large_write_that_fails_is_given_up()
    {
        Options.Retries = 0;
        await InterposeAsync();
        Proxy.Faults = request => request.Query["partNumber"] == "3" ? new Fault.Answer(500, "InternalError") : null;
        await Assert.ThrowsAsync<BlobStorageUnavailableException>(() => Blobs.WriteAsync("large", new MemoryStream(Bytes(20_000_000)), Ct));
        Assert.Empty(await UploadsAsync());
        Assert.Empty(await ObjectsAsync());
    }

    /// <summary>The first attempt of each request fails.</summary>
    private void FailFirst(Fault fault)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        Proxy.Faults = request => IsPossible(request) && seen.TryAdd($"{request.Method} {request.Path}{request.QueryString}", true) ? fault : null;

        // An answer to HEAD has no body that could name a code: 400 and 409 pass by their codes alone.
        bool IsPossible(HttpRequest request) => fault is not Fault.Answer { Status: < 500 } || !HttpMethods.IsHead(request.Method);
    }
}
