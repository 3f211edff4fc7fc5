using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Mail;

internal sealed class SmtpCarrier(IOptions<MailOptions> options, TimeProvider time) : IMailCarrier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken)
    {
        var to = options.Value;
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(to.Host!, to.Port, SecurityOf(to.Security), cancellationToken);
            if (to.User is { Length: > 0 } user) await client.AuthenticateAsync(user, await PasswordAsync(to, cancellationToken), cancellationToken);
            await client.SendAsync(Message.Of(letter, id, time.GetUtcNow(), to), cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500)
        {
            throw new MailRefusedException(e);
        }
        // MailKit says NotSupported where the server offers no TLS although it is wanted.
        catch (Exception e) when (e is NotSupportedException or SmtpCommandException or ProtocolException or AuthenticationException or ServiceNotConnectedException
            or SslHandshakeException or SocketException or IOException or TimeoutException)
        {
            throw new MailUnavailableException(e);
        }
    }

    private static async Task<string> PasswordAsync(MailOptions to, CancellationToken cancellationToken) =>
        to.PasswordFile is { Length: > 0 } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
