namespace FlickStream.Portal.Mail;

/// <param name="To">An address; null for a letter that is written like any other and never sent.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
internal sealed record Letter(string? To, string Subject, string Text)
{
    /// <summary>Somebody waits for it, or has to know at once: it goes before others.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The address that ends letters like this one by a POST (RFC 8058); null of letters that nobody can do without.</summary>
    public string? Unsubscribe { get; init; }

    public static Letter Urgent(string? to, string subject, string text) => new(to, subject, text) { IsUrgent = true };
}
