namespace FlickStream.Portal.Mail;

internal interface IMailCarrier
{
    /// <summary>Hands a letter over for good.</summary>
    /// <param name="letter">With an address.</param>
    /// <param name="id">The same for every attempt; it becomes the Message-ID.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="MailRefusedException">It will never be taken.</exception>
    /// <exception cref="MailUnavailableException">It may be taken later.</exception>
    Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken);
}

internal sealed class MailRefusedException(Exception cause) : Exception(cause.Message, cause);

internal sealed class MailUnavailableException(Exception cause) : Exception(cause.Message, cause);
