using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FlickStream.Portal.Mail;

/// <summary>A connection to the SMTP server, signed in: one letter at a time, and the next one over it while it is <see cref="IsOpen"/>.</summary>
internal sealed class SmtpLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Client _client = new() { Timeout = (int)Patience.TotalMilliseconds };

    private bool _isDisposed;

    private SmtpLine()
    {
    }

    public bool IsOpen => !_isDisposed && _client.IsConnected;

    /// <summary>When it was laid down last.</summary>
    public DateTimeOffset IdleSince { get; set; }

    public static async Task<SmtpLine> OpenAsync(MailOptions to, CancellationToken cancellationToken)
    {
        var line = new SmtpLine();
        try
        {
            await line._client.ConnectAsync(to.Host!, to.Port, SecurityOf(to.Security), cancellationToken);
            if (to.User is { Length: > 0 } user) await line._client.AuthenticateAsync(user, await PasswordAsync(to, cancellationToken), cancellationToken);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>What the server refuses leaves the line open, and reset; everything else that fails closes it.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellationToken">Closes the line.</param>
    /// <exception cref="SmtpLineStaleException">The server had left before it heard of the message: it took none of it.</exception>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        _client.HasBegun = false;
        try
        {
            await _client.SendAsync(message, cancellationToken);
        }
        catch (Exception fault) when (!_client.HasBegun && IsGone(fault))
        {
            throw new SmtpLineStaleException(fault);
        }
    }

    /// <summary>Takes leave of the server; MailKit minds no server that does not answer to that.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (IsOpen) await _client.DisconnectAsync(quit: true, cancellationToken);
        Dispose();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _client.Dispose();
    }

    // RFC 5321, 3.8: with 421 a server says that it closes the connection, as those do that take so many letters over one.
    private static bool IsGone(Exception fault) => fault is ServiceNotConnectedException or ProtocolException or IOException or SocketException
        || fault is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private static async Task<string> PasswordAsync(MailOptions to, CancellationToken cancellationToken) =>
        to.PasswordFile is { Length: > 0 } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>Notes that the server has agreed to hear a message. From then on nobody knows whether it has it, until it says so.</summary>
    private sealed class Client : SmtpClient
    {
        public bool HasBegun { get; set; }

        protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            HasBegun = true;
            base.OnSenderAccepted(message, mailbox, response);
        }
    }
}

/// <summary>A connection that was kept is of no use any more; the same message may go over another.</summary>
internal sealed class SmtpLineStaleException(Exception cause) : Exception(cause.Message, cause);
