using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>When a session was used last is written beside the requests that use it; it is read once where that is enough.</summary>
public sealed class SessionUseTests : IAsyncLifetime
{
    // A test that waited for longer would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ContendedDocuments _documents = null!;
    private PortalHost _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SessionStore Sessions => _portal.Services.GetRequiredService<SessionStore>();

    private TimeSpan Idle => _portal.Services.GetRequiredService<IOptions<SessionOptions>>().Value.ViewerIdle;

    public async ValueTask InitializeAsync() =>
        _portal = await PortalHost.StartAsync(through: documents => _documents = new ContendedDocuments(documents));

    public async ValueTask DisposeAsync()
    {
        _go.TrySetResult();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task No_request_waits_until_the_use_of_its_session_is_noted()
    {
        var opened = await OpenAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await VerifyAsync(opened).WaitAsync(Patience, Ct));
        await _writing.Task.WaitAsync(Patience, Ct);
        Assert.NotNull(await VerifyAsync(opened).WaitAsync(Patience, Ct));
    }

    [Fact]
    public async Task Where_the_note_decides_whether_it_lasts_the_next_request_waits_for_it()
    {
        var opened = await OpenAsync();
        _portal.Clock.Leap(Idle - TimeSpan.FromMinutes(1));
        Assert.NotNull(await VerifyAsync(opened).WaitAsync(Patience, Ct));
        await _writing.Task.WaitAsync(Patience, Ct);
        _portal.Clock.Leap(TimeSpan.FromHours(1));
        var late = VerifyAsync(opened);
        Assert.False(late.IsCompleted);
        _go.SetResult();
        Assert.NotNull(await late);
        _portal.Clock.Leap(Idle);
        Assert.Null(await VerifyAsync(opened));
    }

    [Fact]
    public async Task One_that_nobody_ends_is_read_once_and_one_that_is_ended_while_it_is_read_is_refused()
    {
        var (opened, readings) = (await OpenAsync(), 0);
        _documents.AfterReading = read => Task.FromResult(readings += read == typeof(Session) ? 1 : 0);
        Assert.NotNull(await VerifyAsync(opened));
        Assert.NotNull(await VerifyAsync(opened));
        Assert.Equal(1, readings);

        var ended = await OpenAsync();
        _documents.AfterReading = async read =>
        {
            if (read != typeof(Session)) return;
            _documents.AfterReading = null;
            await Sessions.EndAsync(ended.Session.Id, Ct);
        };
        Assert.Null(await VerifyAsync(ended));
        Assert.Null(await VerifyAsync(ended));
    }

    private async Task<OpenedSession> OpenAsync()
    {
        var opened = await Sessions.OpenAsync("account", Roles.Viewer, null, "Test", "127.0.0.1", Ct);
        _documents.BeforeReplacement<Session>(async () =>
        {
            _writing.SetResult();
            await _go.Task;
        });
        return opened;
    }

    private Task<Session?> VerifyAsync(OpenedSession opened) => Sessions.VerifyAsync(opened.Text, Ct).AsTask();
}
