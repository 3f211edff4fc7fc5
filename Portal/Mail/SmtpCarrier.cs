using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace FlickStream.Portal.Mail;

/// <summary>Sends over connections that are kept for the next letter: making one, with TLS and a password, costs many times what a letter does.</summary>
internal sealed class SmtpCarrier : IMailCarrier, IDisposable
{
    private readonly MailOptions _to;
    private readonly TimeProvider _time;
    private readonly ITimer _leaving;
    private readonly Lock _lock = new();

    // The one that was used last is taken first, so that those that are not needed grow old.
    private readonly List<SmtpLine> _idle = [];
    private bool _isDisposed;

    public SmtpCarrier(IOptions<MailOptions> options, TimeProvider time)
    {
        (_to, _time) = (options.Value, time);
        _leaving = time.CreateTimer(_ => _ = CloseOldAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken)
    {
        try
        {
            using var message = Message.Of(letter, id, _time.GetUtcNow(), _to);
            while (Take() is { } kept)
            {
                try
                {
                    await SendAsync(kept, message, cancellationToken);
                    return;
                }
                catch (SmtpLineStaleException)
                {
                    // The server closes what is idle for long, and after so many letters: that is no fault of this one.
                }
            }

            await SendAsync(await SmtpLine.OpenAsync(_to, cancellationToken), message, cancellationToken);
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500)
        {
            throw new MailRefusedException(e);
        }
        // MailKit says NotSupported where the server offers no TLS although it is wanted.
        catch (Exception e) when (e is NotSupportedException or SmtpCommandException or ProtocolException or AuthenticationException or ServiceNotConnectedException
            or SslHandshakeException or SocketException or IOException or TimeoutException or SmtpLineStaleException)
        {
            throw new MailUnavailableException(e);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var line in _idle) line.Dispose();
            _idle.Clear();
        }

        _leaving.Dispose();
    }

    private async Task SendAsync(SmtpLine line, MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await line.SendAsync(message, cancellationToken);
        }
        catch (Exception fault) when (fault is not SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: not SmtpStatusCode.ServiceNotAvailable })
        {
            // The server closes it, or has had enough over it; or nobody knows to what it answers next.
            line.Dispose();
            throw;
        }
        finally
        {
            Keep(line);
        }
    }

    private SmtpLine? Take()
    {
        lock (_lock)
        {
            if (_idle is not [.., var line]) return null;
            _idle.RemoveAt(_idle.Count - 1);
            return line;
        }
    }

    private void Keep(SmtpLine line)
    {
        lock (_lock)
        {
            if (_isDisposed || !line.IsOpen)
            {
                line.Dispose();
                return;
            }

            line.IdleSince = _time.GetUtcNow();
            _idle.Add(line);
            // Where there were others, their time comes before, and those that are left are seen to then.
            if (_idle.Count == 1) _leaving.Change(_to.KeepOpen, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task CloseOldAsync()
    {
        var old = new List<SmtpLine>();
        lock (_lock)
        {
            var before = _time.GetUtcNow() - _to.KeepOpen;
            old.AddRange(_idle.Where(line => line.IdleSince <= before));
            _idle.RemoveAll(old.Contains);
            if (_idle is [var next, ..] && !_isDisposed) _leaving.Change(next.IdleSince - before, Timeout.InfiniteTimeSpan);
        }

        foreach (var line in old) await line.CloseAsync(CancellationToken.None);
    }
}
