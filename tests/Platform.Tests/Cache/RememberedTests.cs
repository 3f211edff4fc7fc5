using FlickStream.Platform.Cache;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Cache;

public sealed class RememberedTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_read_again_when_it_is_old_or_was_changed_here()
    {
        var reads = 0;
        var remembered = new Remembered<string>(_ => Task.FromResult($"{++reads}"), TimeSpan.FromSeconds(5), _time);
        Assert.Equal("1", await remembered.GetAsync(Ct));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("1", await remembered.GetAsync(Ct));
        remembered.Forget();
        Assert.Equal("2", await remembered.GetAsync(Ct));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("3", await remembered.GetAsync(Ct));
    }

    [Fact]
    public async Task What_was_read_while_it_was_changed_is_not_kept()
    {
        var (began, mayEnd, value) = (new TaskCompletionSource(), new TaskCompletionSource(), "old");
        var remembered = new Remembered<string>(
            async _ =>
            {
                var read = value;
                began.TrySetResult();
                await mayEnd.Task;
                return read;
            },
            TimeSpan.FromSeconds(5), _time);
        var reading = remembered.GetAsync(Ct);
        await began.Task;
        value = "new";
        remembered.Forget();
        mayEnd.SetResult();
        Assert.Equal("old", await reading);
        Assert.Equal("new", await remembered.GetAsync(Ct));
    }
}
