using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>When a session was used last is written beside the requests that use it.</summary>
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
