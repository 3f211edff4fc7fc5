using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Mail;

/// <summary>Section <c>Mail</c>. Without a server, letters are put as files into <c>outbox</c> of the data folder.</summary>
internal sealed class MailOptions
{
    /// <summary>The SMTP server's name; unset: the outbox.</summary>
    public string? Host { get; init; }

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    public string? User { get; init; }

    /// <summary>A file with the password alone.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whom letters are from.</summary>
    [Required, EmailAddress]
    public string From { get; init; } = "flickstream@localhost.localdomain";

    /// <summary>The name beside it.</summary>
    [Required]
    public string FromName { get; init; } = "FlickStream";

    /// <summary>A letter that could not be sent for so long is given up, which is logged.</summary>
    [TimeRange("00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Letters that one portal sends at once, each over a connection of its own: one that the server is slow to take holds up no others.</summary>
    [Range(1, 64)]
    public int AtOnce { get; init; } = 4;

    /// <summary>How long a connection to the server is kept for the next letter. Servers close what is idle for minutes (RFC 5321, 4.5.3.2.7: five at
    /// least).</summary>
    [TimeRange("00:00:00", "00:04:00")]
    public TimeSpan KeepOpen { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often what waits is looked for, where the bus did not tell.</summary>
    [TimeRange("00:00:00.1", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);
}

internal enum MailSecurity
{
    /// <summary>Begins in the clear and insists on TLS (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>In the clear; for a server on this machine.</summary>
    None,
}
