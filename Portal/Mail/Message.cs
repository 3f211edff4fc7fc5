using MimeKit;

namespace FlickStream.Portal.Mail;

internal static class Message
{
    public static MimeMessage Of(Letter letter, string id, DateTimeOffset date, MailOptions options)
    {
        var message = new MimeMessage
        {
            Subject = letter.Subject,
            Date = date,
            MessageId = $"{id}@{options.From[(options.From.LastIndexOf('@') + 1)..]}",
            Body = new TextPart("plain") { Text = letter.Text },
        };
        message.From.Add(new MailboxAddress(options.FromName, options.From));
        message.To.Add(new MailboxAddress("", letter.To!));
        // RFC 3834, 5: no holiday note answers it.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
