namespace FlickStream.Portal.Mail;

/// <param name="To">An address; null for a letter that is written like any other and never sent.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
internal sealed record Letter(string? To, string Subject, string Text);
