using FlickStream.Platform.Leases;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Leases;

public sealed class InMemoryLeasesTests : LeasesContract
{
    private readonly FakeTimeProvider _time = new();

    public InMemoryLeasesTests() => Leases = new InMemoryLeases(_time);

    protected override ILeases Leases { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
