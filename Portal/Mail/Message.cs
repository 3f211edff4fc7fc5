using System.Text;
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
        if (letter.Unsubscribe is { } end)
        {
            message.Headers.Add(InOneLine("List-Unsubscribe", $"<{end}>"));
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }

    /// <summary>As it is: MimeKit would break a long word into several, and an address is none any more then.</summary>
    private static Header InOneLine(string name, string value)
    {
        var header = new Header(name, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
        return header;
    }
}
