using FlickStream.Portal.Mail;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>What owners of accounts hear of their passkeys.</summary>
internal sealed class PasskeyLetters(MailQueue mail)
{
    public Task SendAddedAsync(Account account, string name) => mail.PostAsync(
        Letter.Urgent(account.Email, "A passkey was added", $"""
            The passkey "{name}" was added to your account. It opens the account without the password.

            If that was not you, remove it at once, change your password, and tell whoever runs this service.
            """),
        CancellationToken.None);

    public Task SendRemovedAsync(Account account, string name) => mail.PostAsync(
        Letter.Urgent(account.Email, "A passkey was removed", $"""
            The passkey "{name}" was removed from your account and no longer opens it.

            If that was not you, change your password at once and tell whoever runs this service.
            """),
        CancellationToken.None);
}
